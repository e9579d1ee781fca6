using System.Net;
using System.Text;
using LocalAI.Pipeline.Api.Tests.Chat;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Refusing_requests : IAsyncLifetime
{
    private const string Hi = """{"messages":[{"role":"user","content":"hi"}]}""";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Requests:MaxBodyBytes"] = "4096" }, hasWorker: true, "second");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Bad_bodies_are_400_and_the_server_goes_on()
    {
        foreach (var row in BadChatRequests.All)
        {
            using var response = await _server.ChatAsync(row.Data.Item1);
            Assert.Equal((400, row.Data.Item2), ((await response.ErrorAsync()).Status, (await response.ErrorAsync()).Code));
        }

        var answering = _server.ChatAsync("""{"model":"tiny","messages":[{"role":"user","content":"hi"}]}""");
        await (await _server.Worker.NextJobAsync()).FinishAsync();
        using var good = await answering.OrTimeout("the answer");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Invalid_utf8_is_400()
    {
        using var content = new ByteArrayContent([.. "{\"model\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await _server.Client.PostAsync("/v1/chat/completions", content);

        var error = await response.ErrorAsync();
        Assert.Equal((400, "invalid_utf8"), (error.Status, error.Code));
    }

    [Fact]
    public async Task Unknown_model_is_404_and_names_those_there_are()
    {
        using var response = await _server.ChatAsync("""{"model":"gpt-9","messages":[{"role":"user","content":"hi"}],"stream":true}""");

        var error = await response.ErrorAsync();
        Assert.Equal((404, "model_not_found", "model"), (error.Status, error.Code, error.Param));
        Assert.Equal("There is no model 'gpt-9' here. There are: second, tiny.", error.Message);
    }

    [Fact]
    public async Task No_model_where_there_are_two_is_400()
    {
        using var response = await _server.ChatAsync(Hi);

        var error = await response.ErrorAsync();
        Assert.Equal((400, "missing_required_parameter", "model"), (error.Status, error.Code, error.Param));
    }

    [Fact]
    public async Task Broken_model_is_500_with_file_and_reason()
    {
        using var response = await _server.ChatAsync("""{"model":"broken","messages":[{"role":"user","content":"hi"}]}""");

        var error = await response.ErrorAsync();
        Assert.Equal((500, "model_broken"), (error.Status, error.Code));
        Assert.Contains("broken.yaml, line 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_that_is_too_large_is_413(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"{{new string('x', 5000)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await _server.Client.SendAsync(request);

        var error = await response.ErrorAsync();
        Assert.Equal((413, "request_too_large"), (error.Status, error.Code));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Other_content_types_are_415(string type)
    {
        using var response = await _server.PostAsync("/v1/chat/completions", Hi, type);

        var error = await response.ErrorAsync();
        Assert.Equal((415, "unsupported_media_type"), (error.Status, error.Code));
    }

    [Fact]
    public async Task Compressed_body_is_415()
    {
        using var content = new StringContent(Hi, Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await _server.Client.PostAsync("/v1/chat/completions", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "unknown_url")]
    [InlineData("POST", "/", 404, "unknown_url")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/models", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/models/none", 404, "model_not_found")]
    public async Task Unknown_urls_and_methods_have_the_same_shape(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _server.Client.SendAsync(request);

        var error = await response.ErrorAsync();
        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Theory]
    [InlineData("abc-1.2:3", true)]
    [InlineData("has space", false)]
    [InlineData("-dash", false)]
    public async Task Request_ids_come_back_when_they_are_harmless(string id, bool isKept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/nothing");
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        using var response = await _server.Client.SendAsync(request);

        var returned = response.Headers.GetValues("X-Request-Id").Single();
        Assert.Equal(isKept, returned == id);
        Assert.True(isKept || returned.StartsWith("req_", StringComparison.Ordinal));
    }
}
