//! What the tests run in the sandbox: `guests NAME [ARGUMENT…]` does what NAME stands for, and panics where something
//! isn't as it should be.

mod alg;
mod attenuation;
mod bad_input;
mod blocked;
mod bluetooth;
mod can;
mod check;
mod commands;
mod compatibility;
mod connections;
mod constants;
mod contract;
mod control_messages;
mod datagrams;
mod doors;
mod duties;
mod every_name;
mod files;
mod help;
mod hostile;
mod lifecycle;
mod load;
mod lookups;
mod makefile;
mod messages;
mod names;
mod natively;
mod netem;
mod netlink;
mod option_effects;
mod options;
mod packet;
mod polling;
mod qipcrtr;
mod quotas;
mod raw;
mod rds;
mod rights;
mod sctp;
mod sharing;
mod side_doors;
mod streams;
mod timeouts;
mod tipc;
mod unix;
mod unix_paths;
mod variants;
mod vsock;

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
    alg:
        alg_socket,
        alg_bind,
        alg_digests_are_those_of_a_software_library,
        alg_ciphertexts_are_those_of_a_software_library,
        alg_random_numbers_come_from_the_seed,
        alg_entropy_is_the_kernels_to_take,
        alg_sockets_have_their_limits;
    attenuation:
        a_handle_made_before_is_restricted_as_well,
        a_restricted_socket_carries_no_descriptors,
        a_restricted_socket_comes_back,
        connections_have_their_listeners_restriction,
        nothing_brings_back_what_a_socket_gave_up,
        restricting_a_socket_has_its_limits,
        share_a_restricted_socket,
        use_a_restricted_socket,
        what_a_restricted_socket_has_it_keeps;
    blocked:
        blocked,
        blocked_in_a_family,
        hang_eight_lookups,
        look_up_what_is_answered,
        talk_until_told,
        wait_and_compute;
    bluetooth:
        make_a_bluetooth_socket,
        bluetooth_connect,
        bluetooth_listen,
        bluetooth_bind_to_connect,
        bluetooth_adapter,
        packets_of_l2cap_go_between_adapters,
        datagrams_of_l2cap_come_from_whom_they_may,
        streams_of_rfcomm_go_between_adapters,
        serve_rfcomm,
        ask_by_rfcomm,
        voice_goes_between_adapters,
        an_adapter_is_commanded,
        options_of_bluetooth_do_what_they_say,
        bluetooth_sockets_have_their_limits;
    bad_input:
        there_are_only_so_many_kinds_of_sockets,
        families_of_other_systems_are_not_supported,
        addresses_that_are_none_are_refused,
        unix_names_have_their_limits,
        timeouts_are_spans_of_time,
        flags_are_passed_on_or_refused,
        sizes_beyond_all_memory_are_sizes;
    can:
        can_door,
        hear_frames,
        send_frames,
        can_raw_options_do_what_they_say,
        what_is_no_frame_or_no_interface_is_refused,
        the_broadcast_manager_sends,
        the_broadcast_manager_watches,
        the_broadcast_manager_has_its_limits,
        answer_isotp,
        ask_isotp,
        isotp_options_do_what_they_say,
        isotp_waits_until_it_was_sent,
        hear_j1939,
        send_j1939,
        j1939_options_do_what_they_say,
        j1939_names_claim_addresses,
        j1939_tells_what_became_of_messages,
        j1939_has_its_limits,
        j1939_has_addresses_and_groups_of_its_own;
    commands:
        tells_what_it_was_given,
        exits_with,
        exits_with_code,
        copies_a_file,
        connects,
        connects_to_a_path,
        is_refused,
        sends_until_refused,
        panics;
    compatibility:
        every_flag_is_taken,
        files_are_sent,
        names_of_this_machine_are_looked_up,
        services_and_protocols_have_names_and_numbers,
        what_is_not_there_yet_says_so;
    connections:
        create_connection_reaches_create_server,
        create_connection_tries_every_address,
        a_name_is_resolved_by_connect,
        a_dual_stack_server_takes_both,
        addresses_are_of_the_sockets_family,
        link_local_addresses_have_a_scope,
        what_has_no_way_is_unreachable;
    constants:
        protocols_have_the_numbers_of_their_names,
        addresses_can_be_numbers,
        reserved_ports_have_to_be_named,
        look_ups_go_by_their_flags,
        levels_have_two_names,
        a_socket_shows_itself,
        the_machine_has_a_context_id,
        path_mtu_discovery_has_four_modes,
        descriptors_go_with_flags_and_to_addresses,
        routing_headers_of_type_0_are_no_more,
        multicast_begins_with_its_defaults,
        the_module_says_what_there_is,
        every_address_that_was_tried_is_told,
        what_a_name_server_says;
    contract:
        every_function_can_be_called,
        what_the_host_has_not_is_refused_as_a_kernel_without_it_would,
        hostile_calls_by_bytes,
        hostile_calls_in_any_order;
    control_messages:
        ipv4_datagrams_tell_how_they_came,
        ipv6_datagrams_tell_how_they_came,
        datagrams_tell_when_they_came,
        lost_datagrams_are_counted,
        refusals_are_in_the_error_queue,
        credentials_are_the_hosts_own,
        datagrams_are_cut_and_joined_by_the_kernel,
        streams_tell_what_is_left,
        the_urgent_byte_is_told_by_its_flag,
        credentials_take_a_name,
        more_is_one_datagram,
        priorities_and_marks,
        a_source_is_bound_to,
        a_source_of_ipv6_is_bound_to,
        extension_headers,
        fast_open_by_message,
        neighbours_alone;
    datagrams:
        a_datagram_comes_with_its_sender,
        a_datagram_is_cut_and_never_joined,
        the_largest_datagram_goes_whole,
        a_connected_socket_has_one_peer,
        a_closed_port_answers_a_connected_socket,
        a_deaf_socket_is_at_its_end,
        a_batch_that_does_not_add_up_is_refused,
        batches_go_and_come,
        datagrams_of_any_size_go_in_a_batch,
        joined_datagrams_come_apart_in_a_batch,
        ipv6_datagrams_name_their_sender,
        a_datagram_client_is_answered,
        a_connected_socket_hears_its_peer_without_a_grant;
    doors:
        dns_lookup,
        dns_reverse,
        interfaces_list,
        name_the_machine,
        name_the_machine_badly,
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
    every_name:
        every_name_is_there,
        options_are_attempted,
        sockets_are_attempted;
    files:
        a_file_tells_what_went_before_an_error,
        files_end_where_they_end,
        send_a_file_for_ever,
        send_a_file_to_a_slow_peer,
        send_a_large_file,
        the_timeout_is_for_each_wait,
        what_is_no_file_or_no_stream_is_refused;
    hostile:
        a_name_is_bound_anew,
        connect_while_a_path_is_swapped,
        names_that_lead_inside,
        the_wildcard_is_loopback_after_a_bind_too,
        try_every_side_door,
        what_no_line_opens;
    lifecycle:
        duplicates_share_all_but_the_mode,
        numbers_stand_for_sockets,
        inheritable_is_remembered,
        closing_lets_the_port_go,
        more_sockets_than_the_quota_are_refused,
        sockets_are_made_until_the_process_has_no_more;
    load:
        accept_and_close,
        connect_and_close,
        hold_ten_sockets;
    lookups:
        numeric_hosts_need_no_resolver,
        what_is_nothing_is_told_by_its_code,
        localhost_is_found_either_way,
        services_and_protocols_are_found,
        the_host_has_the_name_it_was_given,
        interfaces_are_listed,
        packed_addresses_need_no_host;
    makefile:
        a_file_that_timed_out_reads_no_more,
        a_mode_is_kept_to,
        a_socket_is_closed_when_its_files_are,
        closing_a_file_tells_what_failed,
        lines_are_written_and_read;
    messages:
        messages_are_gathered_and_scattered,
        messages_go_to_addresses,
        messages_say_how_they_came,
        all_of_a_stream_comes_as_one_message,
        bad_messages_are_errors;
    names:
        connect_to,
        look_up_backwards,
        look_up_what_hangs,
        over_the_lookup_quota,
        send_to,
        use_an_answer;
    natively:
        calls_fail_as_they_do_natively;
    option_effects:
        a_key_is_needed_where_one_was_set,
        a_port_is_picked_when_it_is_known_what_for,
        a_receive_waits_for_as_much_as_it_was_told,
        accepting_waits_for_data,
        broadcast_over_the_link,
        choose_the_way,
        closing_without_time_to_linger_resets,
        credentials_give_a_name,
        hear_a_group,
        notice_that_a_peer_vanished,
        open_fast,
        send_along_a_path,
        send_to_a_group,
        send_with_headers,
        servers_share_a_port,
        share_a_port,
        share_a_port_late,
        tcp_tells_of_its_connection,
        what_no_guest_may_have_says_so;
    netem:
        count_datagrams,
        keep_time_over_a_slow_link,
        lose_the_link,
        send_a_stream,
        take_a_stream;
    netlink:
        make_a_netlink_socket,
        netlink_goes_by_bsds_name_too,
        links_and_addresses_are_dumped,
        links_are_watched,
        netlink_writes,
        netlink_write,
        netlink_has_one_peer,
        netlink_groups,
        netlink_options_do_what_they_say;
    options:
        every_other_option_is_set_and_read,
        control_congestion_by,
        options_of_other_families_are_set_and_read,
        options_of_bluetooth_are_shown_elsewhere,
        options_with_odd_values,
        a_number_comes_back_as_it_went_in,
        what_takes_a_grant_comes_back,
        what_takes_a_grant_is_refused_without,
        what_a_socket_is_can_be_read_and_not_set,
        buffers_are_set_and_clamped,
        structures_come_back_as_they_went_in,
        what_has_no_row_is_not_available,
        bad_values_are_errors,
        queues_can_be_measured;
    packet:
        make_a_packet_socket,
        packet_capture,
        packet_send,
        packet_membership,
        make_promiscuous,
        frames_go_from_end_to_end,
        packet_types_are_the_kernels_to_say,
        an_unbound_packet_socket,
        giving_up_capture_closes_ears,
        use_an_inherited_packet_socket,
        packet_options_do_what_they_say,
        packet_sockets_have_their_limits;
    polling:
        a_non_blocking_connect_is_told_of_its_end,
        poll_tells_what_is_up,
        poll_waits_no_longer_than_it_was_told,
        a_set_of_sockets_can_be_changed,
        a_thousand_sockets_are_polled_together,
        more_interests_than_the_limit_are_refused,
        pollables_wait_beside_timers;
    qipcrtr:
        qipcrtr_door,
        qipcrtr_as_in_cpythons_tests,
        qipcrtr_messages_go_and_come,
        qipcrtr_names_are_served;
    quotas:
        accept_twice,
        be_greedy,
        connect_twice,
        do_a_little_of_everything,
        fill_the_buffers,
        look_up_twice,
        receive_twice,
        send_a_file_bit_by_bit,
        send_twice;
    raw:
        make_a_raw_socket,
        sockets_that_are_none_have_the_kernels_errno,
        the_kernel_answers_an_echo_request,
        the_kernel_answers_an_echo_request_of_ipv6,
        ping_sockets_ping,
        raw_send,
        raw_bind,
        packets_of_any_protocol_go_and_come,
        strangers_to_a_raw_socket_are_not_heard,
        headers_lead_where_they_were_judged_to,
        headers_of_ipv6_lead_where_they_were_judged_to,
        icmp_options_do_what_they_say,
        write_headers;
    rds:
        rds_door,
        rds_messages_go_both_ways,
        rds_options,
        rds_takes_no_addresses_of_memory,
        rds_hears,
        rds_over_tcp;
    rights:
        sockets_are_passed_and_used,
        listeners_and_datagram_sockets_are_passed,
        files_are_passed_in_the_mode_they_are_open_in,
        passing_takes_a_line_for_each_kind,
        what_no_line_lets_in_is_closed,
        a_file_is_passed_and_kept,
        directories_never_leave,
        what_is_neither_can_be_passed_on,
        rights_that_do_not_fit_are_closed,
        plain_receives_close_what_comes_beside,
        a_peek_brings_descriptors_as_well,
        two_hundred_and_fifty_three_are_the_most,
        descriptors_in_flight_are_bounded,
        received_handles_count,
        descriptors_come_once_asked_for,
        the_first_client_passes_a_descriptor,
        lingering_sockets_hold_nobody_up,
        a_passed_datagram_socket_hears_under_a_bind_grant,
        pass_and_drop,
        hand_over_a_listener,
        uses_what_a_native_peer_passed;
    sctp:
        sctp_socket,
        sctp_reach,
        sctp_serve,
        sctp_one_to_one,
        sctp_one_to_many,
        sctp_options_do_what_they_say,
        sctp_leads_nowhere_else;
    sharing:
        compute_until_told,
        redeem_a_netlink_socket,
        find_a_share,
        hear_on_a_shared_datagram_socket,
        hear_on_an_inherited_datagram_socket,
        leave_a_share,
        listen_on_what_was_inherited,
        repeat_the_input,
        serve_a_shared_listener,
        serve_a_shared_unix_listener,
        serve_an_inherited_listener,
        share_a_connection,
        share_a_datagram_socket,
        share_a_listener,
        share_a_netlink_socket,
        share_a_unix_listener,
        share_in_vain,
        share_up_to_the_quota,
        share_with,
        share_with_oneself,
        take_what_was_inherited,
        talk_over_an_inherited_connection,
        tell_by_a_file,
        tell_what_was_inherited,
        use_a_shared_connection,
        wait_on_an_inherited_listener;
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
        restricting_a_socket_closes_its_ears,
        restricting_closes_ears,
        restricting_is_for_good,
        sendto_elsewhere_when_connected,
        spellings_of_ipv6_loopback,
        strangers_are_not_heard,
        what_was_queued_before_connect_is_not_heard,
        widening_to_ipv4_after_bind;
    streams:
        talk_at_length,
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
        cutting_a_stream_shows_no_memory_of_the_hosts,
        data_can_go_with_the_connect,
        much_that_is_there_comes_whole_and_in_order,
        sendall_sends_all;
    timeouts:
        the_mode_is_the_timeout,
        new_sockets_have_the_default_timeout,
        a_non_blocking_call_says_not_now,
        a_guest_that_keeps_its_thread_waits_as_its_sockets_are_told,
        a_timed_call_waits_as_long_as_it_was_told,
        what_comes_in_time_is_no_timeout,
        a_trickle_does_not_extend_sendall,
        a_connect_without_an_answer_times_out,
        timeout_options_end_blocking_calls;
    tipc:
        tipc_door,
        tipc_connects_by_name,
        tipc_serves,
        tipc_asks,
        tipc_sending_connects,
        tipc_blocking_sends_wait_to_connect,
        tipc_messages_go_and_come,
        tipc_messages_come_back,
        tipc_options,
        tipc_topology_tells_who_is_there,
        tipc_pairs_talk_both_ways,
        tipc_streams_carry_much;
    unix:
        pairs_talk_both_ways,
        packets_keep_their_bounds,
        a_large_datagram_comes_whole,
        abstract_names_connect,
        paths_connect_under_the_guests_own_spelling,
        datagrams_name_their_sender,
        a_full_queue_is_waited_for,
        a_full_backlog_is_waited_for;
    unix_paths:
        a_datagram_server_answers_whom_it_heard,
        bound_paths_go_with_their_socket,
        long_paths,
        no_way_leads_out,
        paths_are_the_guests_own;
    variants:
        mptcp_connect,
        mptcp_listen,
        mptcp_connects_and_falls_back,
        udplite_send,
        udplite_bind,
        udplite_datagrams_go_and_come;
    vsock:
        vsock_connect,
        vsock_listen,
        vsock_sockets_have_their_limits,
        vsock_buffers_are_clamped,
        vsock_options_are_kept,
        vsock_streams_over_loopback;
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
