//! Received bytes that go straight into the guest's memory.
//!
//! What a host function returns is written into the guest's memory once the function has ended, and then nothing can be
//! waited for. So data that is known to be there is left where it is, in the kernel, and received when its place is known:
//! the host's memory never holds it, and 64 KiB cost less than half.
//!
//! The traits are wasmtime's own business and its version is pinned, for this file.

#![allow(unsafe_code, reason = "implementing `ComponentType` and `Lower` by hand takes it")]

use std::mem::MaybeUninit;
use std::sync::Arc;

use wasmtime::ValRaw;
use wasmtime::component::__internal::{CanonicalAbiInfo, InstanceType, InterfaceType, LowerContext};
use wasmtime::component::{ComponentType, Lower};

use super::types::into_wit;
use crate::bindings::types::Error as WitError;
use crate::error::Result;
use crate::socket::Description;
use crate::sys::transfer;

/// What `recv` answers.
pub(crate) enum Received {
    /// Bytes that were received.
    Bytes(Vec<u8>),
    /// As many bytes that the socket has.
    There(Arc<Description>, usize),
}

impl Received {
    /// How many bytes that are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::There(_, size) => *size,
        }
    }
}

/// The answer in the WIT's form: `result<list<u8>, error>`.
pub(crate) struct Answer(std::result::Result<Received, WitError>);

type Whole = std::result::Result<Placed, WitError>;

impl Answer {
    pub(crate) fn of(received: Result<Received>) -> wasmtime::Result<Self> {
        Ok(Self(match received {
            Ok(received) => Ok(received),
            Err(error) => Err(into_wit(error)?),
        }))
    }

    /// Hands `write` the answer with its bytes where they are to be.
    fn place<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        write: impl FnOnce(&Whole, &mut LowerContext<'_, T>) -> wasmtime::Result<()>,
    ) -> wasmtime::Result<()> {
        let answer = match &self.0 {
            Ok(Received::Bytes(bytes)) => {
                let start = cx.realloc(0, 0, 1, bytes.len())?;
                // `realloc` has seen to it that there is as much from there on.
                cx.as_slice_mut()[start..][..bytes.len()].copy_from_slice(bytes);
                Ok(Placed { start, length: bytes.len() })
            }
            Ok(Received::There(socket, size)) => {
                let start = cx.realloc(0, 0, 1, *size)?;
                match transfer::recv_into(&socket.sys, &mut cx.as_slice_mut()[start..][..*size]) {
                    Ok(length) if length == *size => Ok(Placed { start, length }),
                    // Urgent data ends what one call gives. To a single byte is as far as `realloc` goes.
                    Ok(length) => Ok(Placed { start: cx.realloc(start, *size, 1, length.max(1))?, length }),
                    Err(error) => {
                        cx.realloc(start, *size, 1, 1)?;
                        Err(into_wit(error.into())?)
                    }
                }
            }
            Err(error) => Err(error.clone()),
        };
        write(&answer, cx)
    }
}

// SAFETY: all of it is that of the `Result` that it is written as.
unsafe impl ComponentType for Answer {
    type Lower = <Whole as ComponentType>::Lower;
    const ABI: CanonicalAbiInfo = <Whole as ComponentType>::ABI;

    fn typecheck(ty: &InterfaceType, types: &InstanceType<'_>) -> wasmtime::Result<()> {
        <Whole as ComponentType>::typecheck(ty, types)
    }
}

// SAFETY: as above.
unsafe impl Lower for Answer {
    fn linear_lower_to_flat<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        dst: &mut MaybeUninit<Self::Lower>,
    ) -> wasmtime::Result<()> {
        self.place(cx, |answer, cx| answer.linear_lower_to_flat(cx, ty, dst))
    }

    fn linear_lower_to_memory<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        offset: usize,
    ) -> wasmtime::Result<()> {
        self.place(cx, |answer, cx| answer.linear_lower_to_memory(cx, ty, offset))
    }
}

/// A `list<u8>` that lies in the guest's memory already.
pub(crate) struct Placed {
    start: usize,
    length: usize,
}

// SAFETY: all of it is that of the list that it is.
unsafe impl ComponentType for Placed {
    type Lower = <[u8] as ComponentType>::Lower;
    const ABI: CanonicalAbiInfo = <[u8] as ComponentType>::ABI;

    fn typecheck(ty: &InterfaceType, types: &InstanceType<'_>) -> wasmtime::Result<()> {
        <[u8] as ComponentType>::typecheck(ty, types)
    }
}

// SAFETY: a list is lowered as a pointer and a length: both values flat, 4 bytes each in memory.
unsafe impl Lower for Placed {
    fn linear_lower_to_flat<T>(
        &self,
        _cx: &mut LowerContext<'_, T>,
        _ty: InterfaceType,
        dst: &mut MaybeUninit<Self::Lower>,
    ) -> wasmtime::Result<()> {
        dst.write([ValRaw::i64(self.start as i64), ValRaw::i64(self.length as i64)]);
        Ok(())
    }

    fn linear_lower_to_memory<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        _ty: InterfaceType,
        offset: usize,
    ) -> wasmtime::Result<()> {
        let pair = [u32::try_from(self.start)?, u32::try_from(self.length)?];
        cx.as_slice_mut()[offset..][..8].copy_from_slice(pair.map(u32::to_le_bytes).as_flattened());
        Ok(())
    }
}
