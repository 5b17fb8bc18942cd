//! `options`: socket options and the typed ioctls.

use std::sync::Arc;

use wasmtime::component::Resource;

use crate::bindings::options::{Control, FilterInstruction, Host, OptionValue};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::socket::{Description, Socket, options, poll};
use crate::sys::options::Instruction;
use crate::sys::{errno, transfer};
use crate::trace::Call;

impl Host for SocketCtxView<'_> {
    async fn set(&mut self, handle: Resource<Socket>, level: i32, name: i32, value: OptionValue) -> Result<()> {
        let call = Call::begin("setsockopt", || {
            format!("{}, {}, {}", handle.rep(), self.show_option(&handle, level, name), show_value(&value))
        });
        call.end(self.set_option(&handle, level, name, value).await, |()| 0)
    }

    fn get_int(&mut self, handle: Resource<Socket>, level: i32, name: i32) -> Result<i32> {
        let call =
            Call::begin("getsockopt", || format!("{}, {}", handle.rep(), self.show_option(&handle, level, name)));
        let get = || {
            let (socket, _) = self.socket(&handle)?;
            let row = options::find(socket.family, level, name)?;
            let value = socket.get_option(row, size_of::<i32>(), &*self.ctx.judge)?;
            // Options of one byte exist: what is missing is zero.
            let mut bytes = [0; 4];
            bytes.iter_mut().zip(value).for_each(|(to, from)| *to = from);
            Ok(i32::from_le_bytes(bytes))
        };
        call.end(get(), |value| *value)
    }

    fn get_bytes(&mut self, handle: Resource<Socket>, level: i32, name: i32, length: u32) -> Result<Vec<u8>> {
        let call = Call::begin("getsockopt", || {
            format!("{}, {}, {length}", handle.rep(), self.show_option(&handle, level, name))
        });
        let get = || {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            if !(1..=options::MAX_LENGTH).contains(&length) {
                return Err(Error::os(errno::EINVAL));
            }
            let (socket, _) = self.socket(&handle)?;
            socket.get_option(options::find(socket.family, level, name)?, length, &*self.ctx.judge)
        };
        call.end(get(), |value| format!("\"{}\"", value.escape_ascii()))
    }

    fn set_filter(&mut self, handle: Resource<Socket>, program: Vec<FilterInstruction>) -> Result<()> {
        let call = Call::begin("setsockopt", || {
            let length = program.len();
            format!("{}, {}, {length}", handle.rep(), if length == 0 { "SO_DETACH_FILTER" } else { "SO_ATTACH_FILTER" })
        });
        let set = || {
            let program: Vec<_> = program.iter().map(instruction).collect();
            self.socket(&handle)?.0.set_filter(&program)
        };
        call.end(set(), |()| 0)
    }

    fn ioctl(&mut self, _socket: Resource<Socket>, _control: Control) -> Result<()> {
        // Windows's.
        Err(Error::os(errno::EOPNOTSUPP))
    }

    fn bytes_readable(&mut self, handle: Resource<Socket>) -> Result<u32> {
        let call = Call::begin("ioctl", || format!("{}, FIONREAD", handle.rep()));
        let get = || {
            let (socket, _) = self.socket(&handle)?;
            // What the guest may not hear doesn't count as readable.
            if socket.is_filtered()
                && !poll::is_readable(&socket, |socket: &_, from: &_| self.ctx.judge.hears(socket, from))?
            {
                return Ok(0);
            }
            Ok(transfer::bytes_readable(&socket.sys)?)
        };
        call.end(get(), |value| *value)
    }

    fn bytes_unsent(&mut self, handle: Resource<Socket>) -> Result<u32> {
        let call = Call::begin("ioctl", || format!("{}, SIOCOUTQ", handle.rep()));
        let get = || Ok(transfer::bytes_unsent(&self.socket(&handle)?.0.sys)?);
        call.end(get(), |value| *value)
    }

    fn at_mark(&mut self, handle: Resource<Socket>) -> Result<bool> {
        let call = Call::begin("ioctl", || format!("{}, SIOCATMARK", handle.rep()));
        let get = || Ok(transfer::at_mark(&self.socket(&handle)?.0.sys)?);
        call.end(get(), |value| *value)
    }
}

impl SocketCtxView<'_> {
    async fn set_option(&mut self, handle: &Resource<Socket>, level: i32, name: i32, value: OptionValue) -> Result<()> {
        let (socket, _) = self.socket(handle)?;
        let row = options::find(socket.family, level, name)?;
        let number;
        let given = match &value {
            OptionValue::Int(value) => {
                number = value.to_le_bytes();
                options::Value::Bytes(&number)
            }
            OptionValue::Bytes(bytes) => options::Value::Bytes(bytes),
            OptionValue::Null(length) => options::Value::Null(*length),
        };
        let (limits, judge) = (&self.ctx.limits, &*self.ctx.judge);
        if row.sizes_buffers() {
            self.ctx.quota.may_hold_more()?;
        }
        if !socket.computes() {
            let set = socket.set_option(row, given, limits, judge);
            if row.sizes_buffers() {
                socket.measure_buffers();
            }
            return set;
        }
        // A key is more than written down: a random generator is seeded, which takes as long as gathering that does.
        let (limits, judge) = (limits.clone(), Arc::clone(&self.ctx.judge));
        let (bytes, null) = match given {
            options::Value::Bytes(bytes) => (bytes.to_vec(), None),
            options::Value::Null(length) => (Vec::new(), Some(length)),
        };
        let set = move |socket: &Description| {
            let value = null.map_or(options::Value::Bytes(&bytes), options::Value::Null);
            socket.set_option(row, value, &limits, &*judge)
        };
        socket.on_a_thread(set).await
    }
}

fn instruction(at: &FilterInstruction) -> Instruction {
    let FilterInstruction { code, jump_true, jump_false, operand } = *at;
    Instruction { code, jump_true, jump_false, operand }
}

impl SocketCtxView<'_> {
    /// An option for a trace.
    fn show_option(&self, handle: &Resource<Socket>, level: i32, name: i32) -> String {
        let row = self.socket(handle).and_then(|(socket, _)| options::find(socket.family, level, name));
        row.map_or_else(|_| format!("{level}, {name}"), |row| row.name.to_owned())
    }
}

fn show_value(value: &OptionValue) -> String {
    match value {
        OptionValue::Int(value) => value.to_string(),
        OptionValue::Bytes(bytes) => format!("\"{}\"", bytes.escape_ascii()),
        OptionValue::Null(length) => format!("NULL, {length}"),
    }
}
