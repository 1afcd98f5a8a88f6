//! Measurements for the documentation: `cargo test --release -p adapter-quickjs --test render -- timing`.

use std::time::Instant;

use crate::support::{Fixture, returning};

pub(crate) async fn print_measurements(fixture: &Fixture) {
    let script = web_assets::server_renderer().unwrap_or_default();
    println!("the script has {} bytes", script.len());
    let module = fixture.module(&returning("<p>a</p>")).await;
    let start = Instant::now();
    fixture.render_module(&module, "{}", "{}").await;
    println!("the first render, with the start of a worker: {:?}", start.elapsed());
    let mut times = Vec::new();
    for _ in 0..50 {
        let start = Instant::now();
        fixture.render_module(&module, "{}", "{}").await;
        times.push(start.elapsed());
    }
    times.sort();
    println!("a paragraph: p50 {:?}, max {:?}", times[25], times[49]);
    for widget in prebuilt::widgets() {
        let module = fixture.module(widget.component.as_str()).await;
        let mut times = Vec::new();
        for _ in 0..20 {
            let start = Instant::now();
            fixture.render_module(&module, widget.example.text().as_str(), "{}").await;
            times.push(start.elapsed());
        }
        times.sort();
        println!("{}: p50 {:?}, max {:?}", widget.key, times[10], times[19]);
    }
    println!("{:?}", fixture.stats());
}
