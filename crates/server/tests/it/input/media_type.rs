use insta::assert_snapshot;

use crate::harness::*;

#[tokio::test]
async fn the_content_type_must_be_json_in_utf_8() {
    let app = spawn_app().await;
    for route in ROUTES.into_iter().filter(Route::takes_body) {
        for media_type in [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/json;charset=\"ISO-8859-1\"",
            "application/jsonp",
            "application/merge-patch+json",
            "json",
            ";",
        ] {
            let response = app.request(route.method, &route.path()).body("{}").header("content-type", media_type).await;
            assert_eq!(
                (response.status, response.code().as_str()),
                (415, "unsupported_media_type"),
                "{route:?} {media_type}"
            );
        }
        for encoding in ["gzip", "br", "deflate", "zstd", "x"] {
            let response =
                app.request(route.method, &route.path()).body("{}").header("content-encoding", encoding).await;
            assert_eq!(
                (response.status, response.code().as_str()),
                (415, "unsupported_media_type"),
                "{route:?} {encoding}"
            );
        }
    }
    assert_snapshot!(app.post(WIDGETS, "{}").header("content-type", "").await, @r#"
    415
    {
      "success": false,
      "error": "The request body must be sent as 'Content-Type: application/json'",
      "code": "unsupported_media_type"
    }
    "#);
    assert_snapshot!(app.post(WIDGETS, "{}").header("content-type", "application/json; charset=utf-16").await, @r#"
    415
    {
      "success": false,
      "error": "The request body must be encoded in UTF-8",
      "code": "unsupported_media_type"
    }
    "#);
    assert_snapshot!(app.post(WIDGETS, "{}").header("content-encoding", "gzip").await, @r#"
    415
    accept-encoding: identity
    {
      "success": false,
      "error": "The request body must not be compressed",
      "code": "unsupported_media_type"
    }
    "#);
}

#[tokio::test]
async fn every_spelling_of_the_content_type_is_accepted() {
    let app = spawn_app().await;
    for (number, media_type) in [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json; charset=utf8",
        "application/json; profile=x; charset=utf-8",
    ]
    .into_iter()
    .enumerate()
    {
        app.post(WIDGETS, widget(&format!("w{number}"))).header("content-type", media_type).await.expect(201);
    }
    app.post(WIDGETS, widget("identity")).header("content-encoding", "identity").await.expect(201);
}
