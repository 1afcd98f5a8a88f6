use std::{any::Any, sync::Arc};

use ports::{ApiKeyStore, BindingStore, Housekeeping, MessageStore, PrebuiltStore, VersionStore, WidgetStore};

/// All stores of one database: the argument of a check.
#[derive(Clone)]
pub struct Stores {
    /// Widgets.
    pub widgets: Arc<dyn WidgetStore>,
    /// Bindings.
    pub bindings: Arc<dyn BindingStore>,
    /// Messages.
    pub messages: Arc<dyn MessageStore>,
    /// API keys.
    pub keys: Arc<dyn ApiKeyStore>,
    /// Pre-built widgets.
    pub prebuilt: Arc<dyn PrebuiltStore>,
    /// Versions and modules.
    pub versions: Arc<dyn VersionStore>,
    /// Housekeeping.
    pub housekeeping: Arc<dyn Housekeeping>,
    /// Kept alive as long as the stores, such as a temporary directory.
    pub guard: Arc<dyn Any + Send + Sync>,
}

impl Stores {
    /// The stores of an adapter that implements all ports.
    pub fn of<S>(store: S, guard: impl Any + Send + Sync) -> Self
    where
        S: WidgetStore
            + BindingStore
            + MessageStore
            + ApiKeyStore
            + PrebuiltStore
            + VersionStore
            + Housekeeping
            + 'static,
    {
        let store = Arc::new(store);
        Self {
            widgets: store.clone(),
            bindings: store.clone(),
            messages: store.clone(),
            keys: store.clone(),
            prebuilt: store.clone(),
            versions: store.clone(),
            housekeeping: store,
            guard: Arc::new(guard),
        }
    }
}

/// Defines a test for each check of the stores, with the check's name.
///
/// `$stores` is the path of an `async fn() -> Stores` over a migrated database without API keys. Each test calls it once. The crate that calls the macro needs tokio with `macros` and `rt-multi-thread`.
///
/// ```ignore
/// mod contract {
///     port_contract::store_contract!(crate::stores);
/// }
/// ```
#[macro_export]
macro_rules! store_contract {
    ($stores:path) => {
        $crate::store_contract! { @tests $stores;
            widget_store {
                a_widget_comes_back_as_it_was_saved
                concurrent_creates_with_the_same_key_create_one_widget
                a_taken_key_is_refused_and_nothing_is_saved
                two_workspaces_may_use_the_same_key
                another_workspaces_widgets_are_never_seen
                a_missing_widget_is_not_found
                a_deleted_widget_is_found_by_no_method
                the_key_of_a_deleted_widget_is_free_immediately
                a_widget_in_use_is_not_deleted
                usage_counts_the_peers_of_the_workspace
            }
            widget_update {
                a_change_of_content_creates_a_version
                a_change_of_anything_else_creates_no_version
                of_concurrent_edits_with_the_same_revision_one_succeeds
                concurrent_edits_are_all_applied
                an_unmet_precondition_changes_nothing
            }
            widget_list {
                pages_are_contiguous_and_newest_first
                a_page_past_the_end_is_empty_and_has_the_total
                search_finds_parts_of_name_description_and_tags_in_any_case
                search_ignores_normal_forms_and_variants_of_letters
                search_takes_wildcards_as_plain_characters
                a_listed_widget_has_all_tags_in_the_same_case
                conditions_combine_with_and
                a_list_follows_edits_and_deletions
                a_total_follows_every_change_immediately
            }
            widget_replay {
                a_retried_creation_returns_the_first_result
                another_request_with_the_same_key_is_a_mismatch
                of_concurrent_equal_attempts_one_creates
                a_key_is_remembered_whatever_the_clock_says
                callers_do_not_share_idempotency_keys
                a_failed_creation_does_not_use_up_the_key
            }
            binding_store {
                a_binding_comes_back_as_it_was_saved
                caller_names_are_kept_apart
                a_peer_has_a_widget_at_most_once
                only_existing_widgets_of_the_workspace_are_bound
                bindings_are_listed_oldest_first_with_the_current_widget_name
                another_workspaces_bindings_are_never_seen
                another_peers_bindings_are_never_seen
                of_concurrent_replacements_of_the_same_state_one_succeeds
                a_replacement_of_another_state_changes_nothing
                a_removed_binding_can_be_created_again
                a_widget_is_never_both_deleted_and_bound
            }
            binding_replay {
                a_retried_binding_returns_the_first_result
                of_concurrent_equal_attempts_one_binds
                another_request_with_the_same_key_is_a_mismatch
                a_key_used_for_another_kind_of_request_is_a_mismatch
                a_key_is_remembered_whatever_the_clock_says
                a_failed_binding_does_not_use_up_the_key
            }
            message_store {
                a_message_comes_back_to_the_byte
                caller_names_are_kept_apart
                the_largest_message_comes_back
                pages_are_contiguous_and_oldest_first
                pages_of_large_messages_are_shorter
                messages_are_ordered_by_id_however_they_arrive
                concurrent_appends_are_all_stored
                a_conversation_without_messages_is_empty
                another_conversations_messages_are_not_seen
                another_workspaces_messages_are_never_seen
                messages_outlive_their_widget
            }
            message_replay {
                a_retried_message_returns_the_first_result
                of_concurrent_equal_attempts_one_appends
                another_request_with_the_same_key_is_a_mismatch
                a_key_is_remembered_whatever_the_clock_says
            }
            api_key_store {
                a_key_is_found_by_its_hash
                of_concurrent_first_keys_one_is_added
                a_revoked_key_counts_as_the_first
                keys_are_listed_oldest_first
                a_key_is_revoked_once_and_permanently
            }
            prebuilt_store {
                the_same_content_has_the_same_version
                an_older_binary_gets_the_version_it_had
                schema_and_component_each_make_a_version
                services_that_publish_concurrently_agree_on_the_version
                every_workspace_can_bind_a_published_widget
                bindings_show_the_latest_published_name
                no_workspace_owns_pre_built_widgets
            }
            version_store {
                a_new_widget_has_its_module
                every_version_has_the_module_of_its_component
                a_version_without_a_module_keeps_the_first_one_saved
                a_new_schema_does_not_need_a_module
                versions_are_listed_newest_first
                versions_outlive_their_widget
                resources_are_found_by_version_and_module
                style_sheets_and_files_of_libraries_are_stored
                concurrent_versions_store_the_files_that_they_share
                another_workspaces_versions_are_never_seen
                a_module_is_found_by_its_digest_alone
                pre_built_versions_have_modules_too
            }
            version_restore {
                an_old_version_comes_back_as_a_new_one
                restoring_the_current_content_changes_nothing
                a_restoration_with_a_stale_revision_changes_nothing
                a_missing_widget_or_version_is_not_restored
                a_retried_restoration_returns_the_first_result
                another_request_with_the_same_key_restores_nothing
            }
            housekeeping {
                a_ping_is_answered
                replicas_prepare_concurrently_while_messages_are_sent
                old_attempts_are_forgotten_and_their_results_stay
                old_messages_are_deleted_and_others_stay_unchanged
                concurrent_deletions_count_each_message_once
                messages_are_sent_while_old_ones_are_deleted
                retrying_a_deleted_message_is_not_a_store_error
                a_clock_reading_is_stored_until_the_next
                texts_of_this_version_are_not_refreshed
            }
        }
    };
    (@tests $stores:path; $($module:ident { $($check:ident)* })*) => {
        $(mod $module {
            $(#[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $check() {
                $crate::$module::$check(&$stores().await).await;
            })*
        })*
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_check_is_in_the_list() {
        let stores = include_str!("stores.rs");
        let own_lists = [
            ("rate_limiter", include_str!("rate_limiter.rs")),
            ("component_reviewer", include_str!("component_reviewer.rs")),
        ];
        let of_stores = [
            ("widget_store", include_str!("widget_store.rs")),
            ("widget_update", include_str!("widget_update.rs")),
            ("widget_list", include_str!("widget_list.rs")),
            ("widget_replay", include_str!("widget_replay.rs")),
            ("binding_store", include_str!("binding_store.rs")),
            ("binding_replay", include_str!("binding_replay.rs")),
            ("message_store", include_str!("message_store.rs")),
            ("message_replay", include_str!("message_replay.rs")),
            ("api_key_store", include_str!("api_key_store.rs")),
            ("prebuilt_store", include_str!("prebuilt_store.rs")),
            ("version_store", include_str!("version_store.rs")),
            ("version_restore", include_str!("version_restore.rs")),
            ("housekeeping", include_str!("housekeeping.rs")),
        ]
        .map(|(module, source)| (stores, module, source));
        let others = own_lists.map(|(module, source)| (source, module, source));
        for (list, module, source) in of_stores.into_iter().chain(others) {
            let (_, section) = list.split_once(&format!("            {module} {{\n")).expect(module);
            let (section, _) = section.split_once('}').expect(module);
            let listed: Vec<&str> = section.split_whitespace().collect();
            let written: Vec<&str> = source
                .lines()
                .filter_map(|line| line.strip_prefix("pub async fn ")?.split_once('(').map(|(name, _)| name))
                .collect();
            assert_eq!(listed, written, "{module}");
        }
    }
}
