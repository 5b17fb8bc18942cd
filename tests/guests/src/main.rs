//! What the tests run in the sandbox: `guests NAME [ARGUMENT…]` does what NAME stands for, and panics where something
//! isn't as it should be.

mod check;
mod contract;
mod doors;
mod duties;
mod help;
mod names;
mod side_doors;
mod streams;
mod unix_paths;

use std::process::ExitCode;

/// A behaviour: its name, and what does it with the arguments that follow the name.
type Behaviour = (&'static str, fn(&[String]));

/// The functions of a module as behaviours under their own names.
macro_rules! behaviours {
    ($($module:ident: $($name:ident),+ $(,)?;)*) => {
        &[$($((stringify!($name), $module::$name),)+)*]
    };
}

#[rustfmt::skip]
static BEHAVIOURS: &[Behaviour] = behaviours! {
    contract:
        every_function_can_be_called,
        what_the_host_has_not_is_refused_as_a_kernel_without_it_would,
        hostile_calls_in_any_order;
    doors:
        dns_lookup,
        dns_reverse,
        interfaces_list,
        share_a_udp_port,
        tcp_bind,
        tcp_connect,
        tcp_listen,
        tell_the_host_name,
        udp_bind,
        udp_connect,
        udp_send,
        unix_autobind,
        unix_connect,
        unix_listen,
        unix_sendto,
        what_is_refused_has_no_effect,
        what_needs_no_grant;
    duties:
        block,
        block_in_accept,
        block_in_connect,
        close_lingering,
        hurry,
        linger_in_vain,
        receive_under_a_flood,
        receive_with_huge_buffers,
        round_trips,
        sendall_to_a_trickle,
        use_up_descriptors,
        use_up_the_quota;
    names:
        connect_to,
        look_up_backwards,
        look_up_what_hangs,
        over_the_lookup_quota,
        send_to,
        use_an_answer;
    side_doors:
        a_flood_lets_others_run,
        autobind,
        bind_the_ipv6_wildcard,
        binding_anew_is_judged_anew,
        broadcast,
        counting_bytes_keeps_a_pending_error,
        fast_open,
        listen_where_only_bind_is_granted,
        listen_without_bind,
        listen_without_bind_in_ipv6,
        other_spellings_of_loopback,
        others_groups_are_not_heard,
        restricting_closes_ears,
        restricting_is_for_good,
        sendto_elsewhere_when_connected,
        spellings_of_ipv6_loopback,
        strangers_are_not_heard,
        what_was_queued_before_connect_is_not_heard,
        widening_to_ipv4_after_bind;
    streams:
        a_client_talks_to_an_echo_server,
        connect_is_denied_by_default,
        a_server_answers_native_clients,
        both_ends_know_each_other,
        every_way_to_receive_gives_what_was_sent,
        receiving_nothing_does_not_wait,
        halves_are_closed_one_by_one,
        a_reset_is_told,
        the_refused_may_try_again,
        every_backlog_is_taken,
        all_of_a_stream_can_be_waited_for,
        waitall_brings_more_than_one_read_holds,
        waitall_waits_only_in_blocking_mode,
        the_urgent_byte_comes_beside_the_stream,
        cutting_a_stream_shows_no_memory_of_the_hosts;
    unix_paths:
        bound_paths_go_with_their_socket,
        long_paths,
        no_way_leads_out,
        paths_are_the_guests_own;
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprintln!("usage: guests NAME [ARGUMENT…]");
        return ExitCode::FAILURE;
    };
    let Some((_, behaviour)) = BEHAVIOURS.iter().find(|(known, _)| known == name) else {
        eprintln!("there is no behaviour {name}");
        return ExitCode::FAILURE;
    };
    behaviour(rest);
    ExitCode::SUCCESS
}
