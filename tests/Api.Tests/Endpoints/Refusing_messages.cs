using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Anthropic;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Refusing_messages : IAsyncLifetime
{
    private const string Hi = """{"model":"tiny","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(new Dictionary<string, string?>
    {
        ["Requests:MaxBodyBytes"] = "4096",
        ["Access:Keys:0:Key"] = "right-key",
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Bad_bodies_are_400_in_the_envelope()
    {
        foreach (var row in BadMessagesRequests.All)
        {
            var (status, type, code) = await ErrorAsync("/v1/messages", row.Data.Item1);
            Assert.Equal((400, "invalid_request_error", row.Data.Item2), (status, type, code));
        }
    }

    [Fact]
    public async Task Threads_are_refused_so_that_clients_send_the_history()
    {
        using var response = await SendAsync("/v1/messages?beta=true", """{"max_tokens":9,"messages":[{"role":"user","content":"hi"}],"thread":{"type":"create"}}""");

        var error = (await response.JsonAsync()).GetProperty("error");
        Assert.Equal("""{"error_code":"thread_unsupported_request","parameter":"thread","unsupported":["thread"]}""", JsonSerializer.Serialize(error.GetProperty("details")));
    }

    [Theory]
    [InlineData("/v1/messages", "{", 400, "invalid_request_error", "invalid_json")]
    [InlineData("/v1/messages", """{"model":"none","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", 404, "not_found_error", "model_not_found")]
    [InlineData("/v1/messages/count_tokens", """{"model":"none","messages":[{"role":"user","content":"hi"}]}""", 404, "not_found_error", "model_not_found")]
    [InlineData("/v1/messages/count_tokens", """{"model":"tiny","messages":[]}""", 400, "invalid_request_error", "invalid_value")]
    [InlineData("/v1/messages/threads", "{}", 404, "not_found_error", "unknown_url")]
    [InlineData("/messages/threads/1/results", "{}", 404, "not_found_error", "unknown_url")]
    public async Task Errors_have_the_status_and_type_of_their_kind(string path, string body, int status, string type, string code) =>
        Assert.Equal((status, type, code), await ErrorAsync(path, body));

    [Theory]
    [InlineData("GET", "/v1/messages")]
    [InlineData("DELETE", "/messages/count_tokens")]
    public async Task Other_methods_are_405_and_name_the_right_one(string method, string path)
    {
        using var response = await SendAsync(path, "", method: method);

        Assert.Equal((405, "POST"), ((int)response.StatusCode, response.Content.Headers.Allow.Single()));
        Assert.Equal("error", (await response.JsonAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Body_that_is_too_large_is_413() =>
        Assert.Equal((413, "request_too_large", "request_too_large"), await ErrorAsync("/v1/messages", $$"""{"model":"{{new string('x', 5000)}}"}"""));

    [Theory]
    [InlineData(null, null, "missing_api_key")]
    [InlineData("x-api-key", "wrong-key", "invalid_api_key")]
    [InlineData("Authorization", "Bearer wrong-key", "invalid_api_key")]
    public async Task Missing_and_wrong_keys_are_401(string? header, string? key, string code) =>
        Assert.Equal((401, "authentication_error", code), await ErrorAsync("/v1/messages", Hi, header, key));

    [Theory]
    [InlineData("x-api-key", "right-key")]
    [InlineData("Authorization", "Bearer right-key")]
    public async Task Both_ways_to_send_a_key_open_the_door(string header, string key)
    {
        using var response = await SendAsync("/v1/messages/count_tokens", """{"messages":[{"role":"user","content":"hi"}]}""", header, key);

        Assert.True(response.IsSuccessStatusCode);
    }

    private async Task<(int Status, string? Type, string? Code)> ErrorAsync(string path, string body, string? header = "x-api-key", string? key = "right-key")
    {
        using var response = await SendAsync(path, body, header, key);
        var answer = await response.JsonAsync();
        Assert.Equal(("error", response.Headers.GetValues("request-id").Single()), (answer.GetProperty("type").GetString(), answer.GetProperty("request_id").GetString()));
        var error = answer.GetProperty("error");
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        return ((int)response.StatusCode, error.GetProperty("type").GetString(), error.GetProperty("details").GetProperty("error_code").GetString());
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string body, string? header = "x-api-key", string? key = "right-key", string method = "POST")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("anthropic-version", "2023-06-01");
        if (header is not null)
        {
            request.Headers.Add(header, key);
        }

        return await _server.Client.SendAsync(request);
    }
}
