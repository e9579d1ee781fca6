using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>The backend <c>openai</c> in front of a server with a real model, which is our own: what it parses and holds to comes through.</summary>
[Collection(SharedStandalone.Name)]
public sealed class Forwarding_to_the_shipped_model(ForwardingDeployment deployment) : IClassFixture<ForwardingDeployment>
{
    private const string Schema = """{"type":"object","properties":{"age":{"type":"integer","minimum":18,"maximum":99}},"required":["age"],"additionalProperties":false}""";

    [Fact]
    public async Task A_forced_call_comes_with_its_arguments()
    {
        var choice = (await AskAsync("/v1/chat/completions", new JsonObject
        {
            ["messages"] = Question("Tell me about a person"),
            ["tools"] = new JsonArray(new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = "describe", ["parameters"] = JsonNode.Parse(Schema) } }),
            ["tool_choice"] = "required",
            ["parallel_tool_calls"] = false,
        })).GetProperty("choices")[0];
        var call = Assert.Single(choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray()).GetProperty("function");

        Assert.Equal(("tool_calls", "describe"), (choice.GetProperty("finish_reason").GetString(), call.GetProperty("name").GetString()));
        Assert.InRange(JsonElement.Parse(call.GetProperty("arguments").GetString()!).GetProperty("age").GetInt32(), 18, 99);
    }

    [Fact]
    public async Task JSON_thoughts_and_log_probabilities_come_through()
    {
        var json = await AskAsync("/v1/chat/completions", new JsonObject { ["messages"] = Question("Tell me about a person"), ["json_schema"] = JsonNode.Parse(Schema) });
        var thought = await AskAsync("/v1/chat/completions", new JsonObject
        {
            ["messages"] = Question("Say this is a test!"),
            ["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = true },
            ["logprobs"] = true,
            ["top_logprobs"] = 2,
        });
        var completion = await AskAsync("/v1/completions", new JsonObject { ["prompt"] = "Once upon a time", ["max_tokens"] = 3, ["logprobs"] = 2 });

        Assert.InRange(JsonElement.Parse(json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!).GetProperty("age").GetInt32(), 18, 99);
        Assert.NotEmpty(thought.GetProperty("choices")[0].GetProperty("message").GetProperty("reasoning_content").GetString()!);
        Assert.NotEmpty(thought.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray());
        Assert.Equal(3, completion.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("tokens").GetArrayLength());
    }

    [Fact]
    public async Task A_prompt_over_its_context_is_said_as_here()
    {
        var patience = Patience.Token();
        using var answer = await deployment.Host.Client.PostAsJsonAsync("/v1/chat/completions", new { model = "remote", messages = new[] { new { role = "user", content = string.Concat(Enumerable.Repeat("hello there ", 3000)) } } }, patience);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("error");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
    }

    private static JsonArray Question(string text) => [new JsonObject { ["role"] = "user", ["content"] = text }];

    private async Task<JsonElement> AskAsync(string path, JsonObject body)
    {
        var patience = Patience.Token();
        body["model"] = "remote";
        using var answer = await deployment.Host.Client.PostAsJsonAsync(path, body, patience);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(patience);
        Assert.True(answer.IsSuccessStatusCode, read.ToString());
        return read;
    }
}
