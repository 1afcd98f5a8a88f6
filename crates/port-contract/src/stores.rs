use std::{any::Any, sync::Arc};

use ports::{ApiKeyStore, BindingStore, Housekeeping, MessageStore, PrebuiltStore, VersionStore, WidgetStore};

/// All stores of one database, as a check needs them.
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
    /// What must live as long as the database, such as its directory.
    pub guard: Arc<dyn Any + Send + Sync>,
}

impl Stores {
    /// The stores of an adapter that is all of them in one.
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

/// Makes a test of every promise of the stores, named after it.
///
/// `$stores` is the path of an `async fn() -> Stores` over a database that is migrated and holds no API key; each test
/// calls it once. The crate that calls the macro needs tokio with `macros` and `rt-multi-thread`.
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
                of_many_creates_with_one_key_one_is_made
                a_taken_key_is_refused_and_nothing_is_saved
                two_workspaces_may_use_one_key
                another_workspaces_widgets_are_never_seen
                a_change_of_content_makes_a_version
                a_change_of_anything_else_makes_none
                of_many_edits_with_one_revision_one_succeeds
                no_edit_is_lost
                an_unmet_precondition_changes_nothing
                what_is_not_there_is_not_found
                a_deleted_widget_is_found_by_no_method
                the_key_of_a_deleted_widget_is_free_at_once
                a_widget_that_peers_have_is_not_deleted
                usage_counts_the_peers_of_the_workspace
            }
            widget_list {
                pages_meet_newest_first
                a_page_past_the_end_is_empty_and_knows_the_total
                search_finds_parts_of_name_description_and_tags_in_any_case
                search_takes_wildcards_as_plain_characters
                all_tags_must_be_there_to_the_letter
                conditions_combine_with_and
                a_list_follows_edits_and_deletions
                a_total_follows_every_change_at_once
            }
            widget_replay {
                a_repeated_creation_is_answered_as_the_first_was
                another_request_under_the_key_is_a_mismatch
                of_many_equal_attempts_one_creates
                a_key_is_remembered_whatever_the_time_of_a_later_attempt
                two_callers_never_meet_in_one_key
                a_failed_creation_uses_no_key
            }
            binding_store {
                a_binding_comes_back_as_it_was_saved
                a_peer_has_a_widget_at_most_once
                what_is_no_widget_of_the_workspace_is_not_bound
                bindings_are_listed_oldest_first_with_the_widgets_name_of_now
                another_workspaces_bindings_are_never_seen
                another_peers_bindings_are_never_seen
                of_many_replacements_of_one_state_one_succeeds
                a_replacement_of_another_state_changes_nothing
                a_removed_binding_is_gone_and_can_be_made_again
                a_widget_is_never_both_deleted_and_bound
            }
            binding_replay {
                a_repeated_binding_is_answered_as_the_first_was
                of_many_equal_attempts_one_binds
                another_request_under_the_key_is_a_mismatch
                a_key_that_made_something_else_is_a_mismatch
                a_key_is_remembered_whatever_the_time_of_a_later_attempt
                a_failed_binding_uses_no_key
            }
            message_store {
                a_message_comes_back_to_the_byte
                the_largest_message_comes_back
                pages_meet_oldest_first_and_end_exactly
                large_messages_come_in_smaller_parts
                messages_are_ordered_by_id_however_they_arrive
                all_of_many_appends_at_once_are_kept
                a_conversation_that_nobody_wrote_to_is_empty
                another_conversations_messages_are_not_seen
                another_workspaces_messages_are_never_seen
                messages_outlive_their_widget
            }
            message_replay {
                a_repeated_message_is_answered_as_the_first_was
                of_many_equal_attempts_one_appends
                another_request_under_the_key_is_a_mismatch
                a_key_is_remembered_whatever_the_time_of_a_later_attempt
            }
            api_key_store {
                a_key_is_found_by_its_hash
                of_many_first_keys_one_is_added
                a_revoked_key_counts_as_the_first
                keys_are_listed_oldest_first
                a_key_is_revoked_once_and_for_good
            }
            prebuilt_store {
                the_same_content_has_the_same_version
                an_older_binary_gets_the_version_it_had
                schema_and_component_each_make_a_version
                of_many_services_that_publish_at_once_all_get_one_version
                every_workspace_binds_a_published_widget
                bindings_show_the_name_that_was_published_last
                no_workspace_has_pre_built_widgets_of_its_own
            }
            version_store {
                a_new_widget_has_its_module
                every_version_has_the_module_of_its_component
                a_version_without_a_module_keeps_the_first_it_is_given
                a_new_schema_of_a_version_without_a_module_has_none_either
                versions_are_listed_newest_first
                versions_outlive_their_widget
                another_workspaces_versions_are_never_seen
                a_module_is_found_by_its_digest_alone
                pre_built_versions_keep_modules_too
            }
            version_restore {
                an_old_version_comes_back_as_a_new_one
                what_is_current_is_restored_without_a_change
                a_restoration_of_another_state_changes_nothing
                what_is_not_there_is_not_restored
                a_repeated_restoration_is_answered_as_the_first_was
                another_request_under_the_key_restores_nothing
            }
            housekeeping {
                a_ping_is_answered
                many_prepare_at_once_and_messages_are_sent_meanwhile
                attempts_before_a_time_are_forgotten_and_what_they_made_stays
                messages_before_a_time_are_deleted_and_the_others_stay_to_the_byte
                of_many_that_delete_at_once_one_deletes_each_message
                messages_are_sent_while_old_ones_are_deleted
                the_retry_of_a_deleted_message_is_no_failure
                a_reading_of_the_clock_is_kept_until_the_next
            }
        }
    };
    (@tests $stores:path; $($module:ident { $($promise:ident)* })*) => {
        $(mod $module {
            $(#[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                $crate::$module::$promise(&$stores().await).await;
            })*
        })*
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_promise_is_in_the_list() {
        let list = include_str!("stores.rs");
        for (module, source) in [
            ("widget_store", include_str!("widget_store.rs")),
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
        ] {
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
