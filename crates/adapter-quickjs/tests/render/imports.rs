//! The modules that a widget imports.

use domain::module::CompiledModule;

use crate::support::{Fixture, LIBRARY};

fn importing(from: &str) -> CompiledModule {
    let code = format!(
        "import {{ Badge }} from '{from}'; import {{ jsx }} from 'react/jsx-runtime';\
         export default () => jsx(Badge, {{ text: 'new' }});"
    );
    CompiledModule::new(code, "{}")
}

pub(crate) async fn libraries_share_react_with_the_widget(fixture: &Fixture) {
    let module = importing(&format!("../lib/{}.js", LIBRARY[0]));
    let report = fixture.render_module(&module, "{}", "{}").await;
    assert_eq!(report.outcome.unwrap().text, "new!");
}

pub(crate) async fn a_module_that_the_service_lacks_is_an_error(fixture: &Fixture) {
    for from in ["lodash", "../lib/cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.js", "/etc/passwd"]
    {
        let error = fixture.render_module(&importing(from), "{}", "{}").await.outcome.unwrap_err();
        assert!(error.message.contains("this service has no such module"), "{error:?}");
    }
}
