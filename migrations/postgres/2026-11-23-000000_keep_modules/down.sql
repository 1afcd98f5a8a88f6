DROP TABLE widget_module;
