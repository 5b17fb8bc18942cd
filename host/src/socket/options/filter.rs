//! Classic BPF programs, checked as the kernel checks them before it runs one
//! (`bpf_check_classic`, <https://docs.kernel.org/networking/filter.html>).

use crate::error::{Error, Result};
use crate::socket::Description;
use crate::sys::errno;
use crate::sys::options::Instruction;

/// The longest program (`BPF_MAXINSNS`).
const MOST: usize = 4096;
/// Words of scratch memory (`BPF_MEMWORDS`).
const WORDS: u32 = 16;
/// Loads from here on read what the kernel knows of a packet, and not the packet (`SKF_AD_OFF`).
const ANCILLARY: u32 = 0xffff_f000;
/// How much it knows: each at a multiple of four (`SKF_AD_MAX`).
const ANCILLARY_END: u32 = ANCILLARY + 64;

// Opcodes: a class, and what goes with it (linux/bpf_common.h).
const LD: u16 = 0x00;
const LDX: u16 = 0x01;
const ST: u16 = 0x02;
const STX: u16 = 0x03;
const ALU: u16 = 0x04;
const JMP: u16 = 0x05;
const RET: u16 = 0x06;
const MISC: u16 = 0x07;
// The size and the mode of a load.
const H: u16 = 0x08;
const B: u16 = 0x10;
const IMM: u16 = 0x00;
const ABS: u16 = 0x20;
const IND: u16 = 0x40;
const MEM: u16 = 0x60;
const LEN: u16 = 0x80;
const MSH: u16 = 0xa0;
// Operations, and where their operand is: in the instruction or in X.
const DIV: u16 = 0x30;
const LSH: u16 = 0x60;
const RSH: u16 = 0x70;
const NEG: u16 = 0x80;
const MOD: u16 = 0x90;
const XOR: u16 = 0xa0;
const X: u16 = 0x08;
const JA: u16 = 0x00;
const JSET: u16 = 0x40;
const A: u16 = 0x10;
const TXA: u16 = 0x80;

/// Whether an opcode is one.
fn is_known(code: u16) -> bool {
    // Above the class: an operation by steps of 16, and where its operand is.
    let (class, operation) = (code & 7, code & !(7 | X));
    match class {
        LD => {
            matches!(code & !7, ABS | IND) || [ABS | H, ABS | B, IND | H, IND | B, IMM, LEN, MEM].contains(&(code & !7))
        }
        LDX => code == LDX | MSH | B || [IMM, MEM, LEN].contains(&(code & !7)),
        ST | STX => code == class,
        ALU => operation <= XOR && (operation != NEG || code & X == 0),
        JMP => code == JMP | JA || (operation != JA && operation <= JSET),
        RET => [0, A].contains(&(code & !7)),
        MISC => [0, TXA].contains(&(code & !7)),
        _ => false,
    }
}

/// Checks a program.
///
/// # Errors
///
/// `EINVAL` where the kernel would say so.
pub(crate) fn check(program: &[Instruction]) -> Result<()> {
    match (1..=MOST).contains(&program.len()) && is_sound(program) && remembers(program) {
        true => Ok(()),
        false => Err(Error::os(errno::EINVAL)),
    }
}

/// Known opcodes, jumps within the program, operands that their operations take, and a return at the end.
fn is_sound(program: &[Instruction]) -> bool {
    let length = program.len();
    let is_sound = |(place, at): (usize, &Instruction)| {
        let left = length - place - 1;
        is_known(at.code)
            && match at.code {
                code if code == ALU | DIV || code == ALU | MOD => at.operand != 0,
                code if code == ALU | LSH || code == ALU | RSH => at.operand < 32,
                code if is_memory(code) => at.operand < WORDS,
                code if code == JMP | JA => usize::try_from(at.operand).is_ok_and(|jump| jump < left),
                code if code & 7 == JMP => usize::from(at.jump_true) < left && usize::from(at.jump_false) < left,
                code if code & 7 == LD && code & 0xe0 == ABS && at.operand >= ANCILLARY => {
                    at.operand < ANCILLARY_END && at.operand % 4 == 0
                }
                _ => true,
            }
    };
    let ends = program.last().is_some_and(|last| last.code & 7 == RET);
    ends && program.iter().enumerate().all(is_sound)
}

fn is_memory(code: u16) -> bool {
    matches!(code, ST | STX) || code == LD | MEM || code == LDX | MEM
}

/// Whether every word of memory is written before it is read, whichever way the program takes: what lay there before
/// is the kernel's. Jumps only go forward, so one pass sees each instruction after all that lead to it.
fn remembers(program: &[Instruction]) -> bool {
    // The words that are written on every way to an instruction; all, for one that no jump leads to.
    let mut at_entry = vec![u16::MAX; program.len()];
    let mut written: u16 = 0;
    for (place, at) in program.iter().enumerate() {
        written &= at_entry.get(place).copied().unwrap_or(u16::MAX);
        let mut leads_to = |jump: usize| {
            if let Some(entry) = at_entry.get_mut(place + 1 + jump) {
                *entry &= written;
            }
        };
        match at.code {
            ST | STX => written |= 1 << at.operand,
            code if is_memory(code) && written & (1 << at.operand) == 0 => return false,
            code if code == JMP | JA => {
                leads_to(usize::try_from(at.operand).unwrap_or(usize::MAX));
                written = u16::MAX;
            }
            code if code & 7 == JMP => {
                leads_to(usize::from(at.jump_true));
                leads_to(usize::from(at.jump_false));
                written = u16::MAX;
            }
            _ => {}
        }
    }
    true
}

impl Description {
    /// Filters what the socket receives; an empty program takes the filter away.
    pub(crate) fn set_filter(&self, program: &[Instruction]) -> Result<()> {
        if program.is_empty() {
            return Ok(crate::sys::options::detach_filter(&self.sys)?);
        }
        check(program)?;
        Ok(crate::sys::options::attach_filter(&self.sys, program)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCEPT: Instruction = at(RET, 0, 0, u32::MAX);

    const fn at(code: u16, jump_true: u8, jump_false: u8, operand: u32) -> Instruction {
        Instruction { code, jump_true, jump_false, operand }
    }

    fn socket() -> Description {
        use crate::socket::flags::{AF_INET, SOCK_DGRAM};
        Description::new(crate::sys::Socket::new(AF_INET, SOCK_DGRAM, 0).expect("a socket"), AF_INET, SOCK_DGRAM, 0)
    }

    #[test]
    fn sound_programs_are_taken_by_the_kernel_too() {
        let programs: [&[Instruction]; 5] = [
            &[ACCEPT],
            // A packet of more than 100 bytes is dropped.
            &[at(LD | LEN, 0, 0, 0), at(JMP | 0x20, 0, 1, 100), at(RET, 0, 0, 0), ACCEPT],
            &[
                at(LD | IMM, 0, 0, 7),
                at(ST, 0, 0, 15),
                at(LDX | MEM, 0, 0, 15),
                at(MISC | TXA, 0, 0, 0),
                at(RET | A, 0, 0, 0),
            ],
            &[at(LD | B | ABS, 0, 0, ANCILLARY + 36), at(ALU | DIV | X, 0, 0, 0), ACCEPT],
            &[at(JMP | JA, 0, 0, 1), at(RET, 0, 0, 0), ACCEPT],
        ];
        for program in programs {
            check(program).unwrap_or_else(|error| panic!("{program:?}: {error:?}"));
            crate::sys::options::attach_filter(&socket().sys, program).expect("the kernel takes it");
        }
        let longest = vec![ACCEPT; MOST];
        check(&longest).expect("4,096 instructions are a program");
    }

    #[test]
    fn what_the_kernel_would_not_run_is_refused_before_it_is_asked() {
        let programs: [(&str, &[Instruction]); 15] = [
            ("it doesn't end", &[at(LD | IMM, 0, 0, 1)]),
            ("an opcode that there isn't", &[at(0xff, 0, 0, 0), ACCEPT]),
            ("extended BPF", &[at(0x85, 0, 0, 1), ACCEPT]),
            ("opcodes have 8 bits", &[at(0x100, 0, 0, 1), ACCEPT]),
            ("a jump past the end", &[at(JMP | JA, 0, 0, 1), ACCEPT]),
            ("a jump beyond all", &[at(JMP | JA, 0, 0, u32::MAX), ACCEPT]),
            ("past the end when true", &[at(JMP | JSET, 1, 0, 1), ACCEPT]),
            ("past the end when false", &[at(JMP | JSET, 0, 1, 1), ACCEPT]),
            ("division by zero", &[at(ALU | DIV, 0, 0, 0), ACCEPT]),
            ("a remainder by zero", &[at(ALU | MOD, 0, 0, 0), ACCEPT]),
            ("a shift by 32", &[at(ALU | LSH, 0, 0, 32), ACCEPT]),
            ("memory that there isn't", &[at(ST, 0, 0, 16), ACCEPT]),
            ("memory that nothing was written to", &[at(LD | MEM, 0, 0, 0), ACCEPT]),
            ("or only on one way", &[at(JMP | JSET, 1, 0, 1), at(ST, 0, 0, 3), at(LD | MEM, 0, 0, 3), ACCEPT]),
            ("a fact of a packet that there isn't", &[at(LD | ABS, 0, 0, ANCILLARY + 64), ACCEPT]),
        ];
        let socket = socket();
        for (why, program) in programs {
            assert!(check(program).is_err(), "{why}: {program:?}");
            assert!(crate::sys::options::attach_filter(&socket.sys, program).is_err(), "the kernel says so too: {why}");
        }
        check(&[]).expect_err("nothing is no program");
        check(&vec![ACCEPT; MOST + 1]).expect_err("nor is one that is too long");
    }

    /// Whatever this check lets pass, the kernel lets pass as well; and for single instructions the other way round.
    #[test]
    fn every_opcode_is_known_here_as_it_is_to_the_kernel() {
        let socket = socket();
        for code in 0..=0xff {
            let program = [at(LD | IMM, 0, 0, 1), at(ST, 0, 0, 1), at(code, 0, 0, 1), ACCEPT, ACCEPT];
            let kernel = crate::sys::options::attach_filter(&socket.sys, &program).is_ok();
            assert_eq!(check(&program).is_ok(), kernel, "opcode {code:#x}");
        }
    }
}
