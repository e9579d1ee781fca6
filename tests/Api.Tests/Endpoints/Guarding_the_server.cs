using System.Net;
using System.Security.Cryptography;
using System.Text;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Guarding_the_server
{
    private const string Key = "sk-alice-secret";
    private const string HashedKey = "sk-bob-secret";
    private const string Hi = """{"messages":[{"role":"user","content":"hi"}]}""";

    private static Dictionary<string, string?> Keys => new()
    {
        ["Access:Keys:0:Name"] = "alice",
        ["Access:Keys:0:Key"] = Key,
        ["Access:Keys:1:KeyHash"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(HashedKey))),
    };

    [Theory]
    [InlineData(null, null, "missing_api_key")]
    [InlineData("Authorization", "Bearer wrong", "invalid_api_key")]
    [InlineData("Authorization", "Basic " + Key, "missing_api_key")]
    [InlineData("x-api-key", "wrong", "invalid_api_key")]
    [InlineData("x-api-key", Key + "x", "invalid_api_key")]
    public async Task Without_a_known_key_it_is_401(string? header, string? value, string code)
    {
        await using var server = await ApiServer.StartAsync(Keys);
        using var response = await SendAsync(server, header, value);

        var error = await response.ErrorAsync();
        Assert.Equal((401, code), (error.Status, error.Code));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain(server.Logs.Entries, entry => entry.Message.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Key, "alice")]
    [InlineData("x-api-key", Key, "alice")]
    [InlineData("Authorization", "bearer " + HashedKey, null)]
    public async Task With_a_key_the_job_is_its_owners(string header, string value, string? owner)
    {
        await using var server = await ApiServer.StartAsync(Keys);
        var answering = SendAsync(server, header, value);
        var job = await server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(owner ?? $"key-{Keys["Access:Keys:1:KeyHash"]![..12].ToLowerInvariant()}", job.Command.Owner);
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/metrics", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/models", HttpStatusCode.Unauthorized)]
    public async Task Only_health_is_open(string path, HttpStatusCode status)
    {
        await using var server = await ApiServer.StartAsync(Keys);
        using var response = await server.Client.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost", null, true)]
    [InlineData("console.localhost:8080", null, true)]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("[::1]:8080", null, true)]
    [InlineData("192.168.1.5:8080", null, true)]
    [InlineData("friend.example", null, true)]
    [InlineData("evil.example", null, false)]
    [InlineData("localhost.evil.example", null, false)]
    [InlineData("localhost:8080", "http://localhost:8080", true)]
    [InlineData("localhost:8080", "https://friend.example", true)]
    [InlineData("localhost:8080", "http://localhost:3000", false)]
    [InlineData("localhost:8080", "https://evil.example", false)]
    [InlineData("localhost:8080", "null", false)]
    public async Task Without_keys_foreign_hosts_and_pages_are_refused(string host, string? origin, bool isLetIn)
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Access:AllowedHosts:0"] = "friend.example" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        if (!isLetIn)
        {
            Assert.Equal("host_not_allowed", (await response.ErrorAsync()).Code);
        }
    }

    [Theory]
    [InlineData("https://friend.example", true)]
    [InlineData("http://friend.example:3000", true)]
    [InlineData("https://evil.example", false)]
    public async Task With_keys_a_page_asks_without_one_and_is_let_in_by_its_host(string origin, bool isLetIn)
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(Keys) { ["Access:AllowedHosts:0"] = "friend.example" });
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/chat/completions");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(isLetIn, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed));
        Assert.Equal(isLetIn ? [origin] : null, allowed);
    }

    [Fact]
    public async Task A_page_can_read_an_error_and_its_request_id()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(Keys) { ["Access:AllowedHosts:0"] = "friend.example" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Add("Origin", "https://friend.example");
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("https://friend.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("X-Request-Id", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_body_of_a_page_is_415()
    {
        await using var server = await ApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Hi, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("Origin", $"http://{server.Address.Authority}");
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiServer server, string? header, string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Hi, Encoding.UTF8, "application/json") };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return await server.Client.SendAsync(request);
    }
}
