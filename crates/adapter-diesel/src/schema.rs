//! The tables, in types that both SQLite and PostgreSQL have. `migrations/` creates them.

diesel::table! {
    api_key (workspace_id, id) {
        workspace_id -> Text,
        id -> Binary,
        hash -> Binary,
        user_id -> Text,
        permissions -> Text,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    widget (workspace_id, id) {
        workspace_id -> Text,
        id -> Binary,
        key -> Text,
        category -> Text,
        version -> BigInt,
        revision -> BigInt,
        created_by -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        name -> Text,
        tags -> Text,
        search_text -> Text,
        search_revision -> BigInt,
        description -> Text,
    }
}

diesel::table! {
    widget_version (workspace_id, widget_id, version) {
        workspace_id -> Text,
        widget_id -> Binary,
        version -> BigInt,
        schema_digest -> Binary,
        created_at -> BigInt,
        schema -> Text,
        component -> Text,
        resources -> Nullable<Text>,
        language -> Nullable<Text>,
        styles -> Nullable<Text>,
    }
}

diesel::table! {
    widget_module (workspace_id, widget_id, version) {
        workspace_id -> Text,
        widget_id -> Binary,
        version -> BigInt,
        digest -> Binary,
        source_map_digest -> Binary,
        code -> Text,
        source_map -> Text,
        library_set -> Nullable<BigInt>,
        load_bytes -> Nullable<BigInt>,
        stylesheet_digest -> Nullable<Binary>,
        imports -> Nullable<Text>,
        stylesheet -> Nullable<Text>,
    }
}

diesel::table! {
    library_file (workspace_id, digest) {
        workspace_id -> Text,
        digest -> Binary,
        code -> Text,
    }
}

diesel::table! {
    widget_tag (workspace_id, tag, widget_id) {
        workspace_id -> Text,
        tag -> Text,
        widget_id -> Binary,
    }
}

diesel::table! {
    peer_widget (workspace_id, id) {
        workspace_id -> Text,
        id -> Binary,
        peer_id -> Text,
        widget_id -> Binary,
        enabled -> Bool,
        allow_custom_data -> Nullable<Bool>,
        added_at -> BigInt,
        default_props -> Nullable<Text>,
    }
}

diesel::table! {
    message (workspace_id, conversation_id, id) {
        workspace_id -> Text,
        conversation_id -> Text,
        id -> Binary,
        peer_id -> Nullable<Text>,
        widget_id -> Binary,
        widget_version -> BigInt,
        widget_key -> Text,
        sent_by -> Text,
        sent_at -> BigInt,
        text -> Nullable<Text>,
        data -> Text,
    }
}

diesel::table! {
    idempotency (workspace_id, api_key_id, key) {
        workspace_id -> Text,
        api_key_id -> Binary,
        key -> Text,
        fingerprint -> Binary,
        made_at -> BigInt,
        made -> Text,
    }
}

diesel::table! {
    clock_reading (workspace_id) {
        workspace_id -> Text,
        seen_at -> BigInt,
        deletes_from -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(widget, widget_version, widget_module, widget_tag, peer_widget);
