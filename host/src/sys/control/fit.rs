//! What fits in the guest's room for control messages, as the kernel would have cut it.
//!
//! The host receives with room for all there can be, so that no descriptor is closed or lost by the kernel, and cuts
//! afterwards, as `put_cmsg` and `scm_detach_fds` of Linux's net/core/scm.c do.

/// `sizeof(struct cmsghdr)` on 64-bit Linux.
const HEADER: usize = 16;
/// Headers stand at multiples of it.
const ALIGN: usize = 8;
const DESCRIPTOR: usize = size_of::<i32>();

/// A control message as it came, its descriptors of type `D`.
#[derive(Debug)]
pub(crate) enum Fitted<D> {
    /// Descriptors.
    Rights(Vec<D>),
    /// Level, type and data.
    Data { level: i32, kind: i32, data: Vec<u8>, whole: bool },
}

/// Keeps what fits in `room` bytes, and says whether that was less than all. What is cut off a list of descriptors is
/// dropped here, and so closed.
pub(crate) fn fit<D>(messages: Vec<Fitted<D>>, mut room: usize) -> (Vec<Fitted<D>>, bool) {
    let mut cut = false;
    let mut kept = Vec::with_capacity(messages.len());
    for message in messages {
        let length = match message {
            Fitted::Rights(mut descriptors) => {
                let most = room.saturating_sub(HEADER) / DESCRIPTOR;
                cut |= descriptors.len() > most;
                descriptors.truncate(most);
                if descriptors.is_empty() {
                    continue;
                }
                let length = HEADER + descriptors.len() * DESCRIPTOR;
                kept.push(Fitted::Rights(descriptors));
                length
            }
            Fitted::Data { level, kind, mut data, mut whole } => {
                if room < HEADER {
                    cut = true;
                    continue;
                }
                let most = room - HEADER;
                if data.len() > most {
                    (cut, whole) = (true, false);
                    data.truncate(most);
                }
                let length = HEADER + data.len();
                kept.push(Fitted::Data { level, kind, data, whole });
                length
            }
        };
        room -= length.next_multiple_of(ALIGN).min(room);
    }
    (kept, cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(length: usize) -> Fitted<()> {
        Fitted::Data { level: 0, kind: 2, data: vec![7; length], whole: true }
    }

    fn lengths(messages: &[Fitted<()>]) -> Vec<(usize, bool)> {
        let length = |message: &Fitted<()>| match message {
            Fitted::Rights(descriptors) => (descriptors.len(), true),
            Fitted::Data { data, whole, .. } => (data.len(), *whole),
        };
        messages.iter().map(length).collect()
    }

    #[test]
    fn messages_are_cut_as_the_kernel_cuts_them() {
        // CMSG_SPACE(4) is 24: two of them are 48, and the padding of the last one may be missing.
        for (room, expected, cut) in [
            (48, vec![(4, true), (4, true)], false),
            (44, vec![(4, true), (4, true)], false),
            (43, vec![(4, true), (3, false)], true),
            (40, vec![(4, true), (0, false)], true),
            (39, vec![(4, true)], true),
            (17, vec![(1, false)], true),
            (15, vec![], true),
            (0, vec![], true),
        ] {
            let (kept, was_cut) = fit(vec![data(4), data(4)], room);
            assert_eq!((lengths(&kept), was_cut), (expected, cut), "in {room} bytes");
        }
    }

    #[test]
    fn descriptors_that_fit_are_kept_and_the_rest_dropped() {
        for (room, kept, cut) in
            [(28, 3, false), (27, 2, true), (24, 2, true), (20, 1, true), (19, 0, true), (0, 0, true)]
        {
            let (fitted, was_cut) = fit(vec![Fitted::Rights(vec![(); 3])], room);
            let count = fitted.iter().map(|message| lengths(std::slice::from_ref(message))[0].0).sum::<usize>();
            assert_eq!((count, was_cut), (kept, cut), "in {room} bytes");
        }
    }

    #[test]
    fn nothing_at_all_fits_anywhere() {
        assert!(!fit::<()>(Vec::new(), 0).1);
    }
}
