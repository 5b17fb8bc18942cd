//! File objects over sockets, in the guest: they need nobody else.

use wallsocket_tests::guests;

guests! {
    a_file_that_timed_out_reads_no_more: ;
    a_mode_is_kept_to: ;
    a_socket_is_closed_when_its_files_are: ;
    closing_a_file_tells_what_failed: ;
    lines_are_written_and_read: ;
}
