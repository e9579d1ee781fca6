using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>npm's client, as it comes, gets from us what it gets from Ollama.</summary>
[Collection(SharedStandalone.Name)]
public sealed class Talking_with_the_client_of_Ollama(StandaloneDeployment deployment)
{
    private const string Sentence = "This is a test!";
    private const string Model = "tiny-chat:latest";

    private static readonly object[] Question = [new { role = "user", content = "Say this is a test!" }];

    private string Host => deployment.Api.Address.ToString().TrimEnd('/');

    [Fact]
    public async Task A_chat_is_answered_with_its_counts()
    {
        var answer = await NodeProgram.RunAsync("ollama", "chat", new { host = Host, body = new { model = Model, messages = Question } }, Patience.Token());

        Assert.Equal(Sentence, answer.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal((true, "stop"), (answer.GetProperty("done").GetBoolean(), answer.GetProperty("done_reason").GetString()));
        Assert.InRange(answer.GetProperty("eval_count").GetInt32(), 3, 20);
        Assert.True(answer.GetProperty("total_duration").GetInt64() > 0);
    }

    [Fact]
    public async Task A_chat_streams()
    {
        var answer = await NodeProgram.RunAsync("ollama", "stream", new { host = Host, body = new { model = "tiny-chat", messages = Question } }, Patience.Token());

        Assert.Equal(Sentence, string.Concat(answer.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString())));
        Assert.True(answer.GetProperty("last").GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task A_prompt_is_answered_bare_and_in_the_models_template()
    {
        var templated = await GenerateAsync(new { model = Model, prompt = "Say this is a test!", think = false });
        var raw = await GenerateAsync(new { model = Model, prompt = "<|im_start|>user\nSay this is a test!<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n", raw = true });
        var gap = await GenerateAsync(new { model = Model, prompt = "Say this ", suffix = " a test!", options = new { num_predict = 4, temperature = 0 } });
        var limited = await GenerateAsync(new { model = Model, prompt = "Say this is a test!", think = false, options = new { num_predict = 2, num_ctx = 1024 } });

        Assert.Equal((Sentence, Sentence), (templated.GetProperty("response").GetString(), raw.GetProperty("response").GetString()));
        Assert.NotEmpty(gap.GetProperty("response").GetString()!);
        Assert.Equal(("length", 2), (limited.GetProperty("done_reason").GetString(), limited.GetProperty("eval_count").GetInt32()));
    }

    [Fact]
    public async Task Thoughts_are_apart_from_the_answer()
    {
        var answer = await GenerateAsync(new { model = Model, prompt = "Say this is a test!", think = true });

        Assert.NotEmpty(answer.GetProperty("thinking").GetString()!);
        Assert.DoesNotContain("think>", answer.GetProperty("response").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_listed_shown_and_loaded()
    {
        await GenerateAsync(new { model = Model, prompt = "" });
        var answer = await NodeProgram.RunAsync("ollama", "models", new { host = Host, model = Model }, Patience.Token());

        Assert.Contains(Model, answer.GetProperty("listed").EnumerateArray().Select(name => name.GetString()));
        var capabilities = answer.GetProperty("capabilities").EnumerateArray().Select(name => name.GetString()).ToList();
        Assert.Equal(["completion", "tools", "insert", "thinking"], capabilities.Where(name => name != "embedding"));
        Assert.NotEmpty(answer.GetProperty("version").GetString()!);
    }

    [Fact]
    public async Task A_client_that_aborts_frees_the_slot()
    {
        var patience = Patience.Token();
        // Long enough to be still running when the client has gone, and short of the context.
        var body = new { model = Model, prompt = "Tell me a story", options = new { num_predict = 1500, seed = 1 }, think = false };
        await NodeProgram.RunAsync("ollama", "leave", new { host = Host, body, after = 2 }, patience);

        await Metrics.WaitForAsync(deployment.Api.Client, "open_jobs", 0, patience);
        await Metrics.WaitForAsync(deployment.Api.Client, "slots_busy", 0, patience);
    }

    [Fact]
    public async Task Errors_have_their_status_and_reason()
    {
        object[] requests = [new { model = "no-such-model", messages = Question }, new { model = Model, messages = Question, options = new { num_ctx = 1_000_000 } }];
        var raised = await NodeProgram.RunAsync("ollama", "errors", new { host = Host, requests }, Patience.Token());

        Assert.Equal([404, 400], raised.EnumerateArray().Select(error => error.GetProperty("status").GetInt32()));
        Assert.Contains("tiny-chat", raised[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("num_ctx", raised[1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private Task<System.Text.Json.JsonElement> GenerateAsync(object body) => NodeProgram.RunAsync("ollama", "generate", new { host = Host, body }, Patience.Token());
}
