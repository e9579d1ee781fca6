using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Batches;

public sealed class Checking_batches : IAsyncLifetime
{
    private ApiServer _server = null!;
    private FileClient _alice = null!;
    private BatchBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(new Dictionary<string, string?>(FileClient.TwoKeys) { ["Batches:MaxLines"] = "5" });
        _alice = new FileClient(_server, "key-of-alice");
        _bench = new BatchBench(_server, _alice);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("not json", "invalid_json_line", null)]
    [InlineData("[1]", "invalid_json_line", null)]
    [InlineData("""{"custom_id":"x","custom_id":"y"}""", "invalid_json_line", "custom_id")]
    [InlineData("""{"method":"POST","url":"/v1/chat/completions","body":{}}""", "missing_required_parameter", "custom_id")]
    [InlineData("""{"custom_id":"","method":"POST","url":"/v1/chat/completions","body":{}}""", "invalid_custom_id", "custom_id")]
    [InlineData("""{"custom_id":"x","url":"/v1/chat/completions","body":{}}""", "missing_required_parameter", "method")]
    [InlineData("""{"custom_id":"x","method":"GET","url":"/v1/chat/completions","body":{}}""", "invalid_method", "method")]
    [InlineData("""{"custom_id":"x","method":"POST","url":"/v1/embeddings","body":{}}""", "url_mismatch", "url")]
    [InlineData("""{"custom_id":"x","method":"POST","url":"/v1/chat/completions"}""", "missing_required_parameter", "body")]
    [InlineData("""{"custom_id":"x","method":"POST","url":"/v1/chat/completions","body":[]}""", "invalid_type", "body")]
    [InlineData("""{"custom_id":"x","method":"POST","url":"/v1/chat/completions","body":{"stream":true}}""", "unsupported_parameter", "body.stream")]
    [InlineData("""{"custom_id":"first","method":"POST","url":"/v1/chat/completions","body":{}}""", "duplicate_custom_id", "custom_id")]
    public async Task A_wrong_line_fails_the_batch_with_its_number(string line, string code, string? parameter)
    {
        var id = await _bench.CreateAsync([BatchBench.Chat("first"), "", line]);
        var batch = await _bench.WaitForAsync(id, "failed");

        var errors = batch.GetProperty("errors");
        var error = Assert.Single(errors.GetProperty("data").EnumerateArray());
        Assert.Equal(("list", code, parameter, 3), (errors.GetProperty("object").GetString(), error.GetProperty("code").GetString(), error.GetProperty("param").GetString(), error.GetProperty("line").GetInt32()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, batch.GetProperty("failed_at").ValueKind);
    }

    [Theory]
    [InlineData(0, "empty_file")]
    [InlineData(6, "too_many_tasks")]
    public async Task A_wrong_number_of_lines_fails_the_batch(int lines, string code)
    {
        var id = await _bench.CreateAsync(Enumerable.Range(0, lines).Select(line => BatchBench.Chat($"{line}")));
        var error = Assert.Single((await _bench.WaitForAsync(id, "failed")).GetProperty("errors").GetProperty("data").EnumerateArray());
        Assert.Equal((code, System.Text.Json.JsonValueKind.Null), (error.GetProperty("code").GetString(), error.GetProperty("line").ValueKind));
    }

    [Fact]
    public async Task A_wrong_request_is_refused_by_field()
    {
        var file = await _alice.UploadedAsync(BatchBench.Chat("a"));
        var notes = await _alice.UploadedAsync("text", "user_data");
        async Task RefusedAsync(object body, int status, string field)
        {
            var error = await _alice.ErrorAsync(HttpMethod.Post, "/v1/batches", body);
            Assert.Equal((status, field), (error.Status, error.Param));
        }

        await RefusedAsync(new { endpoint = "/v1/chat/completions", completion_window = "24h" }, 400, "input_file_id");
        await RefusedAsync(new { input_file_id = file, completion_window = "24h" }, 400, "endpoint");
        await RefusedAsync(new { input_file_id = file, endpoint = "/v1/files", completion_window = "24h" }, 400, "endpoint");
        await RefusedAsync(new { input_file_id = file, endpoint = "/v1/embeddings" }, 400, "completion_window");
        await RefusedAsync(new { input_file_id = file, endpoint = "/v1/embeddings", completion_window = "soon" }, 400, "completion_window");
        await RefusedAsync(new { input_file_id = file, endpoint = "/v1/embeddings", completion_window = "15d" }, 400, "completion_window");
        await RefusedAsync(new { input_file_id = file, endpoint = "/v1/embeddings", completion_window = "24h", metadata = new { a = 1 } }, 400, "metadata.a");
        await RefusedAsync(new { input_file_id = file, endpoint = "/v1/embeddings", completion_window = "24h", colour = "red" }, 400, "colour");
        await RefusedAsync(new { input_file_id = notes, endpoint = "/v1/embeddings", completion_window = "24h" }, 400, "input_file_id");
        await RefusedAsync(new { input_file_id = "file-none", endpoint = "/v1/embeddings", completion_window = "24h" }, 404, "input_file_id");
    }

    [Fact]
    public async Task Another_key_sees_none_of_it()
    {
        var id = await _bench.CreateAsync(["x"]);
        var bob = new FileClient(_server, "key-of-bob");
        Assert.Equal(404, (await bob.ErrorAsync(HttpMethod.Get, $"/v1/batches/{id}")).Status);
        Assert.Equal(404, (await bob.ErrorAsync(HttpMethod.Post, $"/v1/batches/{id}/cancel")).Status);
        Assert.Empty((await bob.JsonAsync(HttpMethod.Get, "/v1/batches")).GetProperty("data").EnumerateArray());
        var file = (await _bench.GetAsync(id)).GetProperty("input_file_id").GetString();
        Assert.Equal(404, (await bob.ErrorAsync(HttpMethod.Post, "/v1/batches", new { input_file_id = file, endpoint = "/v1/embeddings", completion_window = "24h" })).Status);
    }

    [Fact]
    public async Task A_list_goes_by_pages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await _bench.CreateAsync(["x"]));
        }

        ids.Sort((one, other) => string.CompareOrdinal(other, one));
        var first = await _alice.JsonAsync(HttpMethod.Get, "/v1/batches?limit=2");
        var second = await _alice.JsonAsync(HttpMethod.Get, $"/v1/batches?limit=2&after={ids[1]}");
        Assert.Equal((ids[0], ids[1], true), (first.GetProperty("first_id").GetString(), first.GetProperty("last_id").GetString(), first.GetProperty("has_more").GetBoolean()));
        Assert.Equal((ids[2], false), (second.GetProperty("first_id").GetString(), second.GetProperty("has_more").GetBoolean()));
    }
}
