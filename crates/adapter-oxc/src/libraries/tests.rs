use domain::{resources::Resources, styles::Styles};

use super::fixture::{CHARTS, ICONS, KIT};
use crate::{
    check::{Purpose, Report, check_and_compile, review},
    compile::Output,
    workers::Tools,
};

fn reviewed(source: &str) -> (Report, Option<Output>) {
    check_and_compile(source, &Purpose::Save(Resources::default()))
}

fn compiled(imports: &str) -> Output {
    let (report, output) = reviewed(&format!("{imports}\nexport default () => null;"));
    assert_eq!(report.errors, [], "{imports}");
    output.unwrap()
}

/// Codes and messages of what is wrong with these imports.
fn found(imports: &str) -> Vec<String> {
    let (report, _) = reviewed(&format!("{imports}\nexport default () => null;"));
    let errors = report.errors.into_iter().map(|error| format!("{}: {}", error.code, error.message));
    let warnings = report.warnings.into_iter().map(|warning| format!("{}: {}", warning.code, warning.message));
    errors.chain(warnings).collect()
}

#[test]
fn a_library_is_imported_by_the_path_of_its_file() {
    let output =
        compiled("import { LineChart, Line as L } from 'recharts'; import clsx from 'clsx'; import 'recharts';");
    let charts = format!("../lib/{CHARTS}.js");
    let first = format!("import\"../lib/{KIT}.js\";import{{LineChart,Line as L}}from\"{charts}\";");
    assert!(compiled("import { LineChart, Line as L } from 'recharts';").code.starts_with(&first));
    assert!(output.code.starts_with(&format!("import{{LineChart,Line as L}}from\"{charts}\";")), "{}", output.code);
    assert_eq!(output.code.matches(&charts).count(), 2);
    assert!(output.used.imports.iter().eq(["clsx", "recharts"]));
    assert!(output.used.files.iter().eq([&CHARTS, &KIT]));
    assert!(compiled("export { Line } from 'recharts'; export * from 'clsx';").code.contains(&charts));
}

#[test]
fn what_the_frame_provides_is_imported_by_its_name() {
    let output = compiled("import { useState } from 'react'; import { createPortal } from 'react-dom';");
    assert!(output.code.starts_with("import{useState}from\"react\";import{createPortal}from\"react-dom\";"));
    assert!(output.used.imports.iter().eq(["react", "react-dom"]));
    assert!(output.used.files.is_empty());
}

#[test]
fn icons_are_part_of_the_module() {
    let (report, output) = reviewed(
        "import { Camera, X as Close } from 'lucide-react';
         const names = { Camera, _icon0: 1 };
         export default () => <><Camera/><Close/>{names.length}</>;",
    );
    assert_eq!(report.errors, []);
    let output = output.unwrap();
    let factory = format!("import{{createLucideIcon as _icon1}}from\"../lib/{ICONS}.js\";");
    assert!(output.code.starts_with(&factory), "{}", output.code);
    let icons = "const Camera=_icon1(`camera`,[[`path`,{\"d\":`M1 1`}]]);const Close=_icon1(`x`,[]);const names=";
    assert!(output.code.contains(icons), "{}", output.code);
    assert!(output.used.imports.iter().eq(["lucide-react"]));
    assert!(output.used.files.iter().eq([&ICONS]));
    let both = compiled("import { createLucideIcon, X } from 'lucide-react';").code;
    assert!(both.contains("import{createLucideIcon}from"), "{both}");
}

#[test]
fn what_is_no_library_is_refused_with_what_to_do() {
    for (imports, expected) in [
        ("import x from './types'", "no-import: A component is one file: put \"./types\" into it"),
        ("import x from '@/hooks/use-x'", "no-import: A component is one file: put \"@/hooks/use-x\" into it"),
        ("import x from 'rechart'", "no-import: There is no library \"rechart\": did you mean \"recharts\"?"),
        (
            "import x from '@/components/ui/buton'",
            "no-import: There is no \"@/components/ui/buton\": did you mean \"@/components/ui/button\"?",
        ),
        (
            "import x from '@/components/ui/zzz'",
            "no-import: There is no \"@/components/ui/zzz\": put it into the component itself, or use a part of the kit: \
             button, label, sonner, toaster, use-toast",
        ),
        (
            "import x from '../ui/Buton.tsx'",
            "no-import: There is no \"../ui/Buton.tsx\": did you mean \"@/components/ui/button\"?",
        ),
        (
            "import x from 'axios'",
            "no-import: \"axios\" cannot be imported: use `fetch`, and declare the origin in `resources.connect`",
        ),
        (
            "import x from 'lodash'",
            "no-import: \"lodash\" cannot be imported. There is react, clsx, lucide-react, react-dom, recharts, the kit at \
             \"@/components/ui/…\"; put other code into the component itself",
        ),
    ] {
        assert_eq!(found(imports), [expected]);
    }
}

#[test]
fn a_name_that_a_library_lacks_is_refused() {
    for (imports, expected) in [
        (
            "import { LineChrat } from 'recharts'",
            "missing-export: \"recharts\" does not export `LineChrat`: did you mean `LineChart`?",
        ),
        (
            "import { Zebra } from 'recharts'",
            "missing-export: \"recharts\" does not export `Zebra`: declare it in this source, or remove it",
        ),
        (
            "import { Camra } from 'lucide-react'",
            "missing-export: \"lucide-react\" does not export `Camra`: did you mean `Camera`?",
        ),
        (
            "import Button from '@/components/ui/button'",
            "missing-export: \"@/components/ui/button\" has no default export: write `import { Button } from \"@/components/ui/button\"`",
        ),
        (
            "export { X } from 'lucide-react'",
            "missing-export: \"lucide-react\" does not export `X`: declare it in this source, or remove it",
        ),
    ] {
        assert_eq!(found(imports), [expected]);
    }
}

#[test]
fn all_icons_at_once_are_refused() {
    for imports in ["import * as icons from 'lucide-react'", "export * from 'lucide-react'"] {
        let found = found(imports);
        assert!(found.len() == 1 && found[0].starts_with("no-import: Only the icons"), "{found:?}");
    }
}

#[test]
fn a_style_sheet_is_left_out_with_a_warning() {
    let output = compiled("import './styles.css'; import 'a/b.scss';");
    assert!(!output.code.contains("css") && output.used.imports.is_empty());
    assert!(found("import styles from './a.module.css'")[0].starts_with("no-import: \"./a.module.css\" is not loaded"));
    assert!(found("import './styles.css'")[0].starts_with("css-import: \"./styles.css\" is not loaded"));
}

#[test]
fn a_service_without_libraries_says_so() {
    let source = "import { Line } from 'recharts'; export default () => null;";
    let (report, _) = review(source, &Purpose::Save(Resources::default()), Styles::None, &Tools::default());
    assert_eq!(report.errors[0].code, "no-libraries");
}

#[test]
fn the_kit_is_imported_by_any_path_of_a_project() {
    for from in [
        "../ui/button",
        "./ui/button.tsx",
        "../../../ui/button",
        "~/components/ui/button",
        "components/ui/button",
        "src/components/ui/button",
        "@/registry/new-york/ui/button",
        "@/components/ui/button.jsx",
        "@workspace/ui/components/button",
        "@repo/ui/button",
        "@repo/ui/components/ui/button",
    ] {
        let output = compiled(&format!("import {{ Button }} from '{from}'; export {{ Button as B }} from '{from}';"));
        assert!(output.used.imports.iter().eq(["@/components/ui/button"]), "{from}: {:?}", output.used);
        assert_eq!(output.code.matches(&format!("from\"../lib/{KIT}.js\"")).count(), 2, "{from}");
    }
    for from in ["@/lib/utils", "~/lib/utils.ts", "../lib/utils", "../../lib/cn", "src/lib/utils", "@repo/ui/lib/utils"]
    {
        assert!(compiled(&format!("import {{ cn }} from '{from}'")).used.imports.iter().eq(["@/lib/utils"]), "{from}");
    }
    for from in ["../hooks/use-toast", "src/hooks/use-toast.ts", "@/registry/default/hooks/use-toast"] {
        let used = compiled(&format!("import {{ useToast }} from '{from}'")).used;
        assert!(used.imports.iter().eq(["@/hooks/use-toast"]), "{from}");
    }
}

#[test]
fn a_package_is_not_taken_for_the_kit() {
    for from in ["@mui/ui/button", "fumadocs-ui/components/ui/button", "ui/button", "@alpic-ai/ui/components/button"] {
        assert!(found(&format!("import {{ Button }} from '{from}'"))[0].contains("cannot be imported"), "{from}");
    }
    for from in ["../ui/parts/button", "./button", "@/hooks/use-mobile", "../utils", "./gui/button", "./ui/"] {
        assert!(found(&format!("import {{ Button }} from '{from}'"))[0].contains("put"), "{from}");
    }
}

#[test]
fn a_name_without_its_import_is_reported_with_the_likeliest_library() {
    for (statement, remedy) in [
        ("const A = () => <Button />;", "add `import { Button } from \"@/components/ui/button\"` at the top"),
        ("const A = () => <Line />;", "add `import { Line } from \"recharts\"` at the top"),
        (
            "import { cn } from '../lib/utils'; const A = () => <Label />;",
            "add `import { Label } from \"@/components/ui/label\"` at the top",
        ),
        (
            "import { Line } from 'recharts'; const A = () => <Label />;",
            "add `import { Label } from \"recharts\"` at the top",
        ),
        ("const icons = [X];", "add `import { X } from \"lucide-react\"` at the top"),
        ("useToast();", "add `import { useToast } from \"@/components/ui/use-toast\"` at the top"),
        (
            "import { X } from 'lucide-react'; const A = () => <Map />;",
            "the browser's `Map` is no component; add `import { Map } from \"lucide-react\"`, write the component in this source, or \
             use an HTML element",
        ),
        (
            "const A = () => <Map />;",
            "the browser's `Map` is no component; write the component in this source, or use an HTML element",
        ),
        ("const A = clsx;", "declare it in this source, or take it from `data` or the other props"),
        ("Camera = 1;", "declare it with `const` or `let`"),
        ("const A = () => <Toaster />;", "write the component in this source, or use an HTML element"),
    ] {
        let message = &found(statement)[0];
        assert!(
            message.starts_with("undeclared-name") && message.ends_with(&format!("declared: {remedy}")),
            "{message}"
        );
    }
}
