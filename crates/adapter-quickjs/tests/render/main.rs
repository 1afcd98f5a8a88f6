//! Renders components in real worker processes, in their sandbox.
//!
//! The worker is this program, so it has a `main` instead of the test harness.

#![expect(clippy::unwrap_used, reason = "a test, though without the harness")]

mod errors;
mod imports;
mod limits;
mod support;
mod timing;
mod warnings;
mod widgets;

use std::process::ExitCode;

use adapter_quickjs::render;
use worker_pool::run_worker;

use self::support::{Fixture, Scripts, WORKER};

/// Runs tests one after the other, and prints their names.
macro_rules! run {
    ($fixture:expr, $($test:path),* $(,)?) => {
        $(
            println!("{}", stringify!($test));
            $test($fixture).await;
        )*
    };
}

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == WORKER) {
        return run_worker(&[adapter_oxc::TASK, render::task::<Scripts>()]);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let fixture = &Fixture::start();
        if std::env::args().any(|argument| argument == "timing") {
            return timing::print_measurements(fixture).await;
        }
        run!(
            fixture,
            widgets::prebuilt_widgets_render_their_examples_without_a_warning,
            widgets::a_component_gets_the_props_that_a_frame_passes,
            widgets::a_component_may_read_the_window_and_format_numbers_and_dates,
            widgets::what_react_adds_in_browsers_works,
            widgets::a_component_that_waits_shows_its_fallback,
            widgets::a_long_text_is_cut,
            imports::libraries_share_react_with_the_widget,
            imports::a_module_that_the_service_lacks_is_an_error,
            errors::a_thrown_error_has_the_position_in_the_source,
            errors::mistakes_that_react_finds_are_errors,
            errors::values_that_are_no_errors_are_described,
            warnings::a_missing_key_is_a_warning_at_its_element,
            warnings::warnings_are_deduplicated_and_limited,
            limits::a_loop_ends_after_two_seconds,
            limits::a_step_of_the_engine_that_does_not_end_is_killed,
            limits::a_module_that_fills_the_memory_gets_an_error,
            limits::endless_recursion_is_an_error_of_the_component,
            limits::a_huge_output_is_cut,
            limits::a_module_that_attacks_the_report_gets_one,
            limits::a_module_has_no_way_out_of_the_engine,
            limits::a_render_sees_nothing_of_the_one_before,
        );
        assert_eq!(fixture.stats().killed, 1, "an engine survives all but a step that does not end");
    });
    ExitCode::SUCCESS
}
