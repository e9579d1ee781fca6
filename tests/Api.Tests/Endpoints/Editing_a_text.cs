using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Editing_a_text : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/edits")]
    [InlineData("/edits")]
    public async Task Body_is_these_bytes(string path)
    {
        var answering = _server.PostAsync(path, """{"instruction":"rephrase","input":"Black cat","temperature":0.7}""", "application/json");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm", Tokens = 1 });
        await job.TextAsync("Dark cat");
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal([(ChatRole.System, "rephrase"), (ChatRole.User, "Black cat")], job.Command.Messages!.Select(message => (message.Role, message.Content)));
        Assert.Equal((null, 0.7f), (job.Command.Prompt, job.Command.Sampling.Temperature));
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith($$"""{"id":"edit-{{job.Command.JobId:N}}","object":"edit","created":""", text, StringComparison.Ordinal);
        Assert.EndsWith(""","model":"tiny","choices":[{"text":"Dark cat","index":0}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}}}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_input_gets_its_choices_in_order()
    {
        var answering = PostAsync("""{"instruction":"i","input":["x","y"],"n":2}""");
        for (var i = 0; i < 4; i++)
        {
            var job = await _server.Worker.NextJobAsync();
            await job.TextAsync($"{job.Command.Messages![1].Content}!");
            await job.FinishAsync();
        }

        using var response = await answering.OrTimeout("the answer");
        var answer = await response.JsonAsync();
        Assert.Equal(["x!", "x!", "y!", "y!"], answer.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("text").GetString()));
        Assert.Equal(14, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Models_own_templates_make_the_prompt()
    {
        using var models = new ModelsFolder();
        models.Describe("tiny", """
            template:
              edit: "Do {{.Instruction}} to {{.Input}}:"
              completion: "Complete {{.Input}}:"
            """);
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Models:Folder"] = models.FullPath });
        var edit = server.PostAsync("/v1/edits", """{"instruction":"a","input":"b"}""", "application/json");
        var edited = await server.Worker.NextJobAsync();
        await edited.FinishAsync();
        using var first = await edit.OrTimeout("the answer");
        var completion = server.PostAsync("/v1/completions", """{"prompt":"c","echo":true}""", "application/json");
        var completed = await server.Worker.NextJobAsync();
        await completed.FinishAsync();
        using var second = await completion.OrTimeout("the answer");

        Assert.Equal(("Do a to b:", null), (edited.Command.Prompt, edited.Command.Messages));
        Assert.Equal("Complete c:", completed.Command.Prompt);
        // What comes back is what was sent.
        Assert.Equal("c", (await second.JsonAsync()).GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Template_that_is_wrong_is_the_models_fault_and_says_where()
    {
        using var models = new ModelsFolder();
        models.Describe("tiny", "template:\n  edit: \"{{.Input\"\n  completion: some-file");
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Models:Folder"] = models.FullPath });
        using var edit = await server.PostAsync("/v1/edits", """{"instruction":"a"}""", "application/json").OrTimeout("the answer");
        using var completion = await server.PostAsync("/v1/completions", """{"prompt":"a"}""", "application/json").OrTimeout("the answer");

        foreach (var (response, place) in new[] { (edit, "tiny.yaml: template.edit, line 1"), (completion, "tiny.yaml: template.completion has no placeholder") })
        {
            var error = await response.ErrorAsync();
            Assert.Equal((500, "model_broken"), (error.Status, error.Code));
            Assert.Contains(place, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}", "missing_required_parameter", "instruction")]
    [InlineData("""{"instruction":5}""", "invalid_type", "instruction")]
    [InlineData("""{"instruction":"i","input":5}""", "invalid_type", "input")]
    [InlineData("""{"instruction":"i","input":[]}""", "invalid_value", "input")]
    [InlineData("""{"instruction":"i","input":["a",5]}""", "invalid_type", "input[1]")]
    [InlineData("""{"instruction":"i","stream":true}""", "unsupported_parameter", "stream")]
    [InlineData("""{"instruction":"i","prompt":"p"}""", "unknown_parameter", "prompt")]
    [InlineData("""{"instruction":"i","n":17}""", "invalid_value", "n")]
    public async Task Bad_request_is_refused_by_field(string body, string code, string? param)
    {
        using var response = await PostAsync(body).OrTimeout("the answer");

        var error = await response.ErrorAsync();
        Assert.Equal((400, code, param), (error.Status, error.Code, error.Param));
    }

    private Task<HttpResponseMessage> PostAsync(string json) => _server.PostAsync("/v1/edits", json, "application/json");
}
