//! `files`: files sent without a copy through the guest.

use std::fs::File;
use std::sync::Arc;

use wasmtime::component::Resource;
use wasmtime_wasi::filesystem::{Descriptor, OpenMode};

use super::types::into_wit;
use crate::bindings::files::{FileTransfer, Host};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::socket::{Description, Mode, Socket};
use crate::sys::errno;
use crate::trace::Call;

impl Host for SocketCtxView<'_> {
    async fn sendfile(
        &mut self,
        handle: Resource<Socket>,
        file: Resource<Descriptor>,
        offset: u64,
        count: Option<u64>,
    ) -> wasmtime::Result<FileTransfer> {
        let call = Call::begin("sendfile", || {
            let count = count.map_or_else(|| "to its end".to_owned(), |count| count.to_string());
            format!("{}, {}, {offset}, {count}", handle.rep(), file.rep())
        });
        let (sent, ended) = self.send_file(&handle, &file, offset, count).await;
        if let Some(error) = &ended {
            self.ctx.quota.note(error);
        }
        let shown = call.end(ended.map_or(Ok(sent), Err), |sent| *sent);
        Ok(FileTransfer { sent, error: shown.err().map(into_wit).transpose()? })
    }
}

impl SocketCtxView<'_> {
    async fn send_file(
        &mut self,
        handle: &Resource<Socket>,
        file: &Resource<Descriptor>,
        offset: u64,
        count: Option<u64>,
    ) -> (u64, Option<Error>) {
        let found = self.stream_and_file(handle, file);
        let (socket, mode, file) = match found.and_then(|found| self.ctx.quota.may_send().map(|()| found)) {
            Ok(found) => found,
            Err(error) => return (0, Some(error)),
        };
        // A file is as long as it likes: of it alone, a call sends what is left and no more.
        let wanted = count.unwrap_or(u64::MAX);
        let most = wanted.min(self.ctx.quota.bytes_to_send());
        let (sent, ended) = socket.send_file(&self.ctx.transfers, mode, file, offset, Some(most)).await;
        self.ctx.quota.sent(usize::try_from(sent).unwrap_or(usize::MAX), 1);
        let is_cut = sent == most && most < wanted;
        (sent, ended.or_else(|| is_cut.then(|| Limit::BytesSent.over())))
    }

    fn stream_and_file(
        &self,
        handle: &Resource<Socket>,
        file: &Resource<Descriptor>,
    ) -> Result<(Arc<Description>, Mode, Arc<File>)> {
        let (socket, mode) = self.socket(handle)?;
        let file = match self.table.get(file)? {
            // What the guest opened for reading, and so may read by WASI as well.
            Descriptor::File(file) if file.open_mode.contains(OpenMode::READ) => Arc::clone(&file.file),
            Descriptor::File(_) => return Err(Error::os(errno::EBADF)),
            Descriptor::Dir(_) => return Err(Error::os(errno::EINVAL)),
        };
        if socket.sys.is_shared() {
            // It may block, and then sendfile(2) does for as long as the peer likes.
            return Err(Error::os(errno::EOPNOTSUPP));
        }
        if !socket.is_stream() {
            return Err(Error::os(errno::EINVAL));
        }
        Ok((socket, mode, file))
    }
}
