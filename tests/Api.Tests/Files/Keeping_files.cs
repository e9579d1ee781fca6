using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.ObjectStorage;
using LocalAI.Pipeline.Testing;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Files;

public sealed class Keeping_files : IAsyncLifetime
{
    private ApiServer _server = null!;
    private FileClient _alice = null!;
    private FileClient _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(new Dictionary<string, string?>(FileClient.TwoKeys) { ["Files:MaxFileBytes"] = "1000000" });
        (_alice, _bob) = (new FileClient(_server, "key-of-alice"), new FileClient(_server, "key-of-bob"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task A_file_is_kept_listed_read_and_deleted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = await ApiServer.StartAsync(database.Settings);
        var client = new FileClient(server);
        var content = RandomNumberGenerator.GetBytes(700_000);
        using var response = await client.UploadAsync(content, "my notes.bin", ("purpose", "user_data"), ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));
        var file = await response.JsonAsync();
        var id = file.GetProperty("id").GetString()!;

        Assert.Equal(("file", 700_000, "my notes.bin", "user_data", "processed"), (file.GetProperty("object").GetString(), file.GetProperty("bytes").GetInt32(), file.GetProperty("filename").GetString(), file.GetProperty("purpose").GetString(), file.GetProperty("status").GetString()));
        Assert.Equal(3600, file.GetProperty("expires_at").GetInt64() - file.GetProperty("created_at").GetInt64());
        Assert.Equal(file.GetRawText(), (await client.JsonAsync(HttpMethod.Get, $"/files/{id}")).GetRawText());
        Assert.Equal(file.GetRawText(), (await client.JsonAsync(HttpMethod.Get, "/v1/files?purpose=user_data")).GetProperty("data")[0].GetRawText());
        using var read = await client.SendAsync(HttpMethod.Get, $"/v1/files/{id}/content");
        Assert.Equal(content, await read.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment; filename=\"my notes.bin\"; filename*=UTF-8''my%20notes.bin", "application/octet-stream"), (read.Content.Headers.ContentDisposition!.ToString(), read.Content.Headers.ContentType!.ToString()));

        Assert.Equal($$"""{"id":"{{id}}","object":"file","deleted":true}""", (await client.JsonAsync(HttpMethod.Delete, $"/v1/files/{id}")).GetRawText());
        Assert.Equal(404, (await client.ErrorAsync(HttpMethod.Get, $"/v1/files/{id}")).Status);
        Assert.Null(await server.Get<IObjectStore>().OpenAsync(ObjectKeys.File(id), 0, 0, TestTimeout.Token));
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=8-100", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-4", 206, "6789", "bytes 6-9/10")]
    [InlineData("bytes=-40", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("lines=0-1", 200, "0123456789", null)]
    public async Task A_range_is_answered_with_its_bytes(string range, int status, string expected, string? contentRange)
    {
        var id = await _alice.UploadedAsync("0123456789", "user_data");
        using var response = await _alice.SendAsync(HttpMethod.Get, $"/v1/files/{id}/content", range: range);

        Assert.Equal((status, contentRange), ((int)response.StatusCode, response.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(expected.Length, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=-0")]
    public async Task A_range_without_bytes_is_416(string range)
    {
        var id = await _alice.UploadedAsync("0123456789", "user_data");
        using var response = await _alice.SendAsync(HttpMethod.Get, $"/v1/files/{id}/content", range: range);
        Assert.Equal((416, "range_not_satisfiable"), ((await response.ErrorAsync()).Status, (await response.ErrorAsync()).Code));
    }

    [Fact]
    public async Task Content_that_the_client_has_is_not_sent_again()
    {
        var id = await _alice.UploadedAsync("0123456789", "user_data");
        using var first = await _alice.SendAsync(HttpMethod.Get, $"/v1/files/{id}/content");
        _server.Client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _alice.SendAsync(HttpMethod.Get, $"/v1/files/{id}/content");
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Another_key_sees_none_of_it()
    {
        var id = await _alice.UploadedAsync("secret", "user_data");

        Assert.Empty((await _bob.JsonAsync(HttpMethod.Get, "/v1/files")).GetProperty("data").EnumerateArray());
        Assert.Equal((404, "not_found"), Short(await _bob.ErrorAsync(HttpMethod.Get, $"/v1/files/{id}")));
        Assert.Equal((404, "not_found"), Short(await _bob.ErrorAsync(HttpMethod.Get, $"/v1/files/{id}/content")));
        Assert.Equal((404, "not_found"), Short(await _bob.ErrorAsync(HttpMethod.Delete, $"/v1/files/{id}")));
        Assert.Equal("secret", await _alice.ContentAsync(id));
    }

    [Fact]
    public async Task A_list_goes_by_pages_in_both_orders()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await _alice.UploadedAsync($"{i}", i % 2 == 0 ? "batch" : "user_data"));
        }

        ids.Sort(StringComparer.Ordinal);
        var first = await _alice.JsonAsync(HttpMethod.Get, "/v1/files?limit=2&order=asc");
        var second = await _alice.JsonAsync(HttpMethod.Get, $"/v1/files?limit=3&order=asc&after={ids[1]}");
        var back = await _alice.JsonAsync(HttpMethod.Get, $"/v1/files?limit=2&after={ids[4]}");

        Assert.Equal((ids[0], ids[1], true), Ends(first));
        Assert.Equal((ids[2], ids[4], false), Ends(second));
        Assert.Equal((ids[3], ids[2], true), Ends(back));
        Assert.Equal(3, (await _alice.JsonAsync(HttpMethod.Get, "/v1/files?purpose=batch")).GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("purpose=none", "purpose")]
    [InlineData("before=file-1", "before")]
    public async Task A_wrong_query_is_refused_by_name(string query, string parameter)
    {
        var error = await _alice.ErrorAsync(HttpMethod.Get, $"/v1/files?{query}");
        Assert.Equal((400, parameter), (error.Status, error.Param));
    }

    [Theory]
    [InlineData("purpose", null, null, null, "missing_required_parameter")]
    [InlineData("purpose", "poetry", null, null, "invalid_value")]
    [InlineData("purpose", "batch_output", null, null, "invalid_value")]
    [InlineData("expires_after[seconds]", "batch", "expires_after[seconds]", "5", "invalid_value")]
    [InlineData("expires_after[anchor]", "batch", "expires_after[seconds]", "3600", "missing_required_parameter")]
    [InlineData("colour", "batch", "colour", "red", "unknown_parameter")]
    public async Task A_wrong_form_is_refused_by_field_and_leaves_no_content(string parameter, string? purpose, string? field, string? value, string code)
    {
        (string, string)[] fields = [.. purpose is null ? [] : new[] { ("purpose", purpose) }, .. field is null ? [] : new[] { (field, value!) }];
        using var response = await _alice.UploadAsync("text"u8.ToArray(), fields: fields);
        var error = await response.ErrorAsync();

        Assert.Equal((400, code, parameter), (error.Status, error.Code, error.Param));
        await AssertNoObjectsAsync();
    }

    [Fact]
    public async Task What_is_no_form_is_refused()
    {
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await _alice.SendAsync(HttpMethod.Post, "/v1/files", json);
        Assert.Equal((415, "unsupported_media_type"), Short(await answer.ErrorAsync()));

        using var broken = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf"u8.ToArray());
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var halved = await _alice.SendAsync(HttpMethod.Post, "/v1/files", broken);
        Assert.Equal((400, "invalid_form"), Short(await halved.ErrorAsync()));

        using var fileless = new MultipartFormDataContent { { new StringContent("batch"), "purpose" } };
        using var without = await _alice.SendAsync(HttpMethod.Post, "/v1/files", fileless);
        Assert.Equal((400, "missing_required_parameter"), Short(await without.ErrorAsync()));
        await AssertNoObjectsAsync();
    }

    [Fact]
    public async Task A_file_over_the_limit_is_413_and_leaves_no_content()
    {
        using var response = await _alice.UploadAsync(new byte[1_000_001], fields: ("purpose", "batch"));
        Assert.Equal((413, "file_too_large"), Short(await response.ErrorAsync()));
        await AssertNoObjectsAsync();
    }

    [Fact]
    public async Task What_has_expired_is_seen_by_nobody_and_then_really_gone()
    {
        var id = await _alice.UploadedAsync("text", "user_data", ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));
        var kept = await _alice.UploadedAsync("text", "user_data");
        await using (var database = await _server.Get<IDbContextFactory<PipelineDatabase>>().CreateDbContextAsync(TestTimeout.Token))
        {
            await database.Set<StoredFile>().Where(file => file.Id == id).ExecuteUpdateAsync(set => set.SetProperty(file => file.ExpiresAt, TimeProvider.System.GetUtcNow().AddSeconds(-1)), TestTimeout.Token);
        }

        Assert.Equal(404, (await _alice.ErrorAsync(HttpMethod.Get, $"/v1/files/{id}")).Status);
        Assert.Equal(1, await _server.Get<FilesCleanUp>().RemoveFilesAsync(TestTimeout.Token));
        Assert.Null(await _server.Get<IObjectStore>().OpenAsync(ObjectKeys.File(id), 0, 0, TestTimeout.Token));
        Assert.Equal("text", await _alice.ContentAsync(kept));
    }

    private static (int, string?) Short((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Code);

    private static (string?, string?, bool) Ends(System.Text.Json.JsonElement list) =>
        (list.GetProperty("first_id").GetString(), list.GetProperty("last_id").GetString(), list.GetProperty("has_more").GetBoolean());

    private async Task AssertNoObjectsAsync()
    {
        await foreach (var found in _server.Get<IObjectStore>().ListAsync(ObjectKeys.Files, TestTimeout.Token))
        {
            Assert.Fail($"{found.Key} is left");
        }
    }
}
