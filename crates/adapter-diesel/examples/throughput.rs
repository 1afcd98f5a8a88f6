//! Measures the store by hand: `cargo run --release -p adapter-diesel --example throughput -- <directory>`.
//!
//! The directory selects the disk that is measured. Results are per second.

use std::time::{Duration, Instant};

use adapter_diesel::SqliteStore;
use domain::{
    component::{ComponentSource, Language},
    id::{MessageId, WidgetId},
    message::Message,
    module::CompiledModule,
    names::{ConversationId, UserId, WorkspaceId},
    resources::Resources,
    styles::Styles,
    time::Timestamp,
    widget::{
        Category, Description, Page, SearchTerm, Tag, TagSet, Tags, Version, Widget, WidgetDraft, WidgetFilter,
        WidgetKey, WidgetName,
    },
};
use ports::{MessageStore as _, WidgetStore};
use schema::{Schema, json::JsonText};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const ROUND: Duration = Duration::from_secs(2);

fn widget(n: u32) -> Result<Widget, Failure> {
    let schema = Schema::parse(JsonText::from_stored(r#"{"type":"object"}"#.to_owned()));
    let draft = WidgetDraft {
        key: WidgetKey::parse(format!("widget-{n}"))?,
        name: WidgetName::parse(format!("Widget number {n}"))?,
        description: Description::parse("An interactive dashboard with charts and metrics. ".repeat(4))?,
        category: Category::ALL[n as usize % Category::ALL.len()],
        tags: Tags::new(vec![Tag::parse("all")?, Tag::parse(format!("tag-{}", n % 100))?])?,
        schema: schema.map_err(|errors| format!("{errors:?}"))?.schema,
        component: ComponentSource::parse(&"export default () => null; ".repeat(80))?,
        resources: Resources::default(),
        language: Language::Jsx,
        styles: Styles::Auto,
    };
    let id = WidgetId::from_uuid(Uuid::from_u128(u128::from(n)));
    Ok(Widget::create(draft, id, UserId::parse("user")?, Timestamp::from_micros(0)))
}

fn message(n: u128) -> Result<Message, Failure> {
    Ok(Message {
        id: MessageId::from_uuid(Uuid::from_u128(n)),
        conversation: ConversationId::parse(&format!("conv_{}", n % 1_000))?,
        peer: None,
        widget: WidgetId::from_uuid(Uuid::from_u128(1)),
        widget_version: Version::FIRST,
        widget_key: WidgetKey::parse("widget-1")?,
        data: JsonText::from_stored(format!("{{\"revenue\":{n},\"note\":\"{}\"}}", "x".repeat(200))),
        text: None,
        sent_at: Timestamp::from_micros(1),
        sent_by: UserId::parse("user")?,
    })
}

/// Runs `task` repeatedly in `tasks` concurrent tasks, and prints how often it ran per second.
async fn measure<F>(what: &str, tasks: u128, task: impl Fn(u128) -> F + Clone + Send + 'static) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>> + Send,
{
    let begin = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|worker| {
            let task = task.clone();
            tokio::spawn(async move {
                let mut done = 0;
                while begin.elapsed() < ROUND {
                    task(worker << 64 | done).await?;
                    done += 1;
                }
                Ok::<_, Failure>(done)
            })
        })
        .collect();
    let mut done = 0;
    for running in running {
        done += running.await??;
    }
    println!("{what:<44} {:>9.0}/s", done as f64 / begin.elapsed().as_secs_f64());
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let directory = std::env::args().nth(1).ok_or("expected a directory")?;
    let path = format!("{directory}/throughput.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{path}{end}"));
    }
    let store = SqliteStore::open(&path)?;
    store.migrate().await?;
    let workspace = WorkspaceId::parse("workspace")?;
    // As much code as source, and a map with the source in it.
    let module = CompiledModule::new("_jsx(`b`,{children:1});".repeat(80), &"export default () => null; ".repeat(160));
    let begin = Instant::now();
    for n in 1..=10_000 {
        store.create(&workspace, &widget(n)?, &module, None).await?;
    }
    println!("{:<44} {:>9.0}/s", "create, 10,000 widgets one by one", 10_000.0 / begin.elapsed().as_secs_f64());

    for round in 0..3_u128 {
        for tasks in [1, 32] {
            let (store, workspace) = (store.clone(), workspace.clone());
            measure(&format!("append, {tasks} at once"), tasks, move |n| {
                let (store, workspace) = (store.clone(), workspace.clone());
                async move {
                    let id = (round << 100) | (tasks << 90) | n;
                    store.append(&workspace, &message(id)?, None).await.map(drop).map_err(Into::into)
                }
            })
            .await?;
        }
    }
    for tasks in [1, 32] {
        let (store, workspace) = (store.clone(), workspace.clone());
        measure(&format!("contract, {tasks} at once"), tasks, move |n| {
            let (store, workspace) = (store.clone(), workspace.clone());
            async move {
                let key = WidgetKey::parse(format!("widget-{}", 1 + n % 10_000))?;
                let found = store.contract(&workspace, &key).await?;
                found.map(drop).ok_or_else(|| "not found".into())
            }
        })
        .await?;
    }
    let search = WidgetFilter { search: Some(SearchTerm::parse("number 77")?), ..WidgetFilter::default() };
    let filters = [
        ("list, page 1 of 10,000", WidgetFilter::default(), 1),
        ("list, page 500", WidgetFilter::default(), 500),
        ("list, one category", WidgetFilter { category: Some(Category::Sales), ..WidgetFilter::default() }, 1),
        (
            "list, rare tag",
            WidgetFilter { tags: TagSet::new(vec![Tag::parse("tag-7")?])?, ..WidgetFilter::default() },
            1,
        ),
        (
            "list, common tag",
            WidgetFilter { tags: TagSet::new(vec![Tag::parse("all")?])?, ..WidgetFilter::default() },
            1,
        ),
        ("list, search", search, 1),
    ];
    for (what, filter, number) in filters {
        let (store, workspace) = (store.clone(), workspace.clone());
        measure(what, 4, move |_| {
            let (store, workspace, filter) = (store.clone(), workspace.clone(), filter.clone());
            async move {
                let page = Page { number, limit: 20 };
                WidgetStore::list(&store, &workspace, &filter, page).await.map(drop).map_err(Into::into)
            }
        })
        .await?;
    }
    store.close().await;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")) {
        println!("{line}");
    }
    Ok(())
}
