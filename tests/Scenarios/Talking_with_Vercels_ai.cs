using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>npm's <c>ai</c> and its providers, as they come, get from us what they get from the services that they were made for.</summary>
[Collection(SharedStandalone.Name)]
public sealed class Talking_with_Vercels_ai(StandaloneDeployment deployment)
{
    private const string Sentence = "This is a test!";

    public static TheoryData<string> Providers => ["anthropic", "openai", "openai-compatible"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_answer_comes_with_its_reason_and_usage(string provider)
    {
        var answer = await RunAsync("text", new { provider, prompt = "Say this is a test!" });

        Assert.Equal((Sentence, "stop"), (answer.GetProperty("text").GetString(), answer.GetProperty("reason").GetString()));
        AssertUsage(answer);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_answer_is_streamed(string provider)
    {
        var answer = await RunAsync("stream", new { provider, prompt = "Say this is a test!" });

        Assert.Equal(Sentence, string.Concat(answer.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString())));
        Assert.Equal("stop", answer.GetProperty("reason").GetString());
        AssertUsage(answer);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_limit_is_told(string provider)
    {
        var answer = await RunAsync("text", new { provider, prompt = "Tell me a story", maxOutputTokens = 3 });

        Assert.Equal(("length", 3), (answer.GetProperty("reason").GetString(), answer.GetProperty("usage").GetProperty("output").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_tool_is_called_and_its_result_answered(string provider)
    {
        foreach (var streamed in (bool[])[false, true])
        {
            var answer = await RunAsync("tools", new { provider, streamed, prompt = "What is the weather in Paris?" });

            Assert.Equal("""[{"city":"Paris"}]""", answer.GetProperty("called").GetRawText());
            Assert.Equal(["tool-calls", "stop"], answer.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
            Assert.Contains("21", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_thought_stays_apart_from_the_answer()
    {
        var answer = await RunAsync("thinking", new { provider = "anthropic", prompt = "What is 2 + 3?", budgetTokens = 1024 });

        Assert.NotEmpty(answer.GetProperty("reasoning").GetString()!);
        Assert.DoesNotContain("<think>", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_error_has_its_status_and_says_what_to_do(string provider)
    {
        var raised = await RunAsync("error", new { provider, prompt = string.Concat(Enumerable.Repeat("hello there ", 3000)) });

        Assert.Equal(("AI_APICallError", 400), (raised.GetProperty("class").GetString(), raised.GetProperty("status").GetInt32()));
        Assert.Contains("2048", raised.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static void AssertUsage(JsonElement answer)
    {
        var usage = answer.GetProperty("usage");
        Assert.InRange(usage.GetProperty("input").GetInt32(), 5, 50);
        Assert.InRange(usage.GetProperty("output").GetInt32(), 3, 20);
    }

    private Task<JsonElement> RunAsync(string function, object input)
    {
        var all = JsonSerializer.SerializeToNode(input)!;
        all["baseURL"] = deployment.BaseUrl;
        return NodeProgram.RunAsync("ai", function, all, Patience.Token());
    }
}
