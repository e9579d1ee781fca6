using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Changing_the_scales_of_adapters : IAsyncLifetime
{
    private readonly ModelsFolder _models = new("first", "second");
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _models.Describe("tiny", "lora_adapters: [first.gguf, second.gguf]\nlora_scales: [1, 0.5]");
        _server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Models:Folder"] = _models.FullPath });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _models.Dispose();
    }

    [Fact]
    public async Task Requests_that_follow_have_the_new_scales()
    {
        Assert.Equal("1 0.5", await ScalesAsync());
        Assert.Null((await CommandAsync("""{"prompt":"a"}""")).Lora);

        using var set = await _server.PostAsync("/lora-adapters?model=tiny", """[{"id":1,"scale":0.25}]""", "application/json");
        Assert.Equal(200, (int)set.StatusCode);

        Assert.Equal("0 0.25", await ScalesAsync());
        Assert.Equal("0 0.25", Scales(await CommandAsync("""{"prompt":"a"}""")));
        Assert.Equal("0 0.25", Scales(await CommandAsync("""{"messages":[{"role":"user","content":"a"}]}""", "/v1/chat/completions")));
    }

    [Fact]
    public async Task A_request_has_scales_of_its_own() =>
        Assert.Equal("2 0", Scales(await CommandAsync("""{"prompt":"a","lora":[{"id":0,"scale":2}]}""")));

    [Theory]
    [InlineData("/completion", """{"model":"tiny","prompt":"a","lora":[{"id":2,"scale":1}]}""")]
    [InlineData("/lora-adapters?model=tiny", """[{"id":2,"scale":1}]""")]
    [InlineData("/lora-adapters?model=tiny", """[{"id":0}]""")]
    public async Task What_is_not_there_is_refused(string path, string body)
    {
        using var response = await _server.PostAsync(path, body, "application/json");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("1 0.5", await ScalesAsync());
    }

    private static string Scales(GenerateText command) => string.Join(' ', command.Lora!.OrderBy(adapter => adapter.Id).Select(adapter => adapter.Scale));

    private async Task<string> ScalesAsync()
    {
        using var response = await _server.Client.GetAsync("/lora-adapters?model=tiny", TestTimeout.Token);
        return string.Join(' ', (await response.JsonAsync()).EnumerateArray().Select(adapter => adapter.GetProperty("scale").GetSingle()));
    }

    private async Task<GenerateText> CommandAsync(string body, string path = "/completion")
    {
        var posting = _server.PostAsync(path, body[..^1] + ",\"model\":\"tiny\"}", "application/json");
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await posting;
        return job.Command;
    }
}
