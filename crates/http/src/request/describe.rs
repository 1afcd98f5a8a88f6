//! Macros that describe what a handler reads, for the OpenAPI document. Each description is next to the code that reads.

/// Describes JSON objects of request bodies.
macro_rules! describe_bodies {
    ($($(#[$attribute:meta])* $name:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$attribute])*
            #[derive(utoipa::ToSchema)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            #[expect(dead_code, reason = "describes what a handler reads by hand, to name every wrong field at once")]
            pub(crate) struct $name { $($(#[$field_attribute])* pub $field: $type,)* }
        )+
    };
}

/// Describes parameters of a path, a query or headers.
macro_rules! describe_parameters {
    ($($(#[$attribute:meta])* $name:ident in $place:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$attribute])*
            #[derive(utoipa::IntoParams)]
            #[into_params(parameter_in = $place)]
            #[expect(dead_code, reason = "describes what a handler reads")]
            pub(crate) struct $name { $($(#[$field_attribute])* pub $field: $type,)* }
        )+
    };
}

pub(crate) use {describe_bodies, describe_parameters};
