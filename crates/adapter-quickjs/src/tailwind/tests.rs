use super::*;
use rquickjs::{Module, WriteOptions};
#[test]
#[allow(unsafe_code)]
fn measure() {
    let script: &'static str = std::fs::read_to_string("/tmp/dtw/tailwind.js").unwrap().leak();
    let c: Vec<String> = std::fs::read_to_string("/tmp/dtw/cands.txt").unwrap().split_whitespace().map(String::from).collect();
    let c: Vec<&str> = c.iter().map(String::as_str).collect();
    for _ in 0..4 {
        let t = Instant::now();
        let css = Tailwind::new(script).compile(&c).unwrap();
        eprintln!("total {:?} {}", t.elapsed(), css.len());
    }
    let rt = Runtime::new().unwrap();
    let cx = Context::full(&rt).unwrap();
    let bytes = cx.with(|e| Module::declare(e.clone(), "t", format!("{script};globalThis.tailwind=tailwind")).unwrap().write(WriteOptions::default()).unwrap());
    eprintln!("bytecode {}", bytes.len());
    for _ in 0..4 {
        let t = Instant::now();
        let rt = Runtime::new().unwrap();
        rt.set_gc_threshold(COLLECTION_THRESHOLD);
        let cx = Context::full(&rt).unwrap();
        eprintln!("context {:?}", t.elapsed());
        cx.with(|e| {
            let m = unsafe { Module::load(e.clone(), &bytes) }.unwrap();
            eprintln!("load {:?}", t.elapsed());
            let (_m, p) = m.eval().unwrap();
            p.finish::<()>().unwrap();
            eprintln!("eval+jobs {:?}", t.elapsed());
            while e.execute_pending_job() {}
            eprintln!("sheet {:?}", t.elapsed());
            let tailwind: Object<'_> = e.globals().get("tailwind").unwrap();
            let styles: Function<'_> = tailwind.get("styles").unwrap();
            let css: Promise<'_> = styles.call((c.clone(),)).unwrap();
            let css: String = css.finish().unwrap();
            eprintln!("total {:?} {}", t.elapsed(), css.len());
        });
        eprintln!("mem {}", rt.memory_usage().malloc_size);
        drop(cx); drop(rt);
        eprintln!("dropped {:?}", t.elapsed());
    }
}
