using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.JsonSchemas;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>JSON output and forced calls with the model that ships: what the small model says is its own, the form is ours.</summary>
[Collection(SharedStandalone.Name)]
public sealed class Keeping_to_a_form(StandaloneDeployment deployment)
{
    private const string Person = """
        {"type":"object","additionalProperties":false,"required":["name","age","color"],"properties":{
          "name":{"type":"string","minLength":1,"maxLength":12},"age":{"type":"integer","minimum":18,"maximum":99},
          "color":{"enum":["red","green","blue"]},"born":{"type":"string","format":"date"}}}
        """;

    private const string Weather = """
        {"type":"function","function":{"name":"get_weather","description":"Get the weather of a city","parameters":
          {"type":"object","properties":{"city":{"type":"string","maxLength":20},"unit":{"enum":["celsius","fahrenheit"]}},"required":["city","unit"],"additionalProperties":false}}}
        """;

    private const string Search = """
        {"type":"function","function":{"name":"search","description":"Search for something","strict":true,"parameters":
          {"type":"object","properties":{"query":{"type":"string","maxLength":20},"count":{"type":"integer","minimum":1,"maximum":9}},"required":["query","count"],"additionalProperties":false}}}
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_json_schema_holds_the_answer(bool strict)
    {
        var format = new JsonObject { ["type"] = "json_schema", ["json_schema"] = new JsonObject { ["name"] = "person", ["strict"] = strict, ["schema"] = JsonNode.Parse(Person) } };
        for (var seed = 0; seed < 4; seed++)
        {
            var choice = await AnswerAsync(new JsonObject { ["response_format"] = format.DeepClone(), ["temperature"] = 1.5, ["seed"] = seed });
            var answer = JsonElement.Parse(choice.GetProperty("message").GetProperty("content").GetString()!);

            Assert.Null(JsonSchemaDocument.Parse(JsonElement.Parse(Person)).FirstViolation(answer));
            Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        }
    }

    [Fact]
    public async Task Any_object_is_an_object_and_llama_cpps_field_takes_a_schema()
    {
        var any = await AnswerAsync(new JsonObject { ["response_format"] = new JsonObject { ["type"] = "json_object" }, ["max_tokens"] = 400 }, "Give me a JSON object");
        var own = await AnswerAsync(new JsonObject { ["json_schema"] = JsonNode.Parse("""{"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":3}""") });

        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(any.GetProperty("message").GetProperty("content").GetString()!).ValueKind);
        Assert.InRange(JsonElement.Parse(own.GetProperty("message").GetProperty("content").GetString()!).GetArrayLength(), 2, 3);
    }

    [Fact]
    public async Task A_thought_stays_possible_before_the_JSON()
    {
        var choice = await AnswerAsync(new JsonObject
        {
            ["json_schema"] = JsonNode.Parse(Person),
            ["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = true },
        });

        Assert.NotEmpty(choice.GetProperty("message").GetProperty("reasoning_content").GetString()!);
        Assert.Null(JsonSchemaDocument.Parse(JsonElement.Parse(Person)).FirstViolation(JsonElement.Parse(choice.GetProperty("message").GetProperty("content").GetString()!)));
    }

    [Fact]
    public async Task An_answer_that_a_limit_cut_says_so()
    {
        var choice = await AnswerAsync(new JsonObject { ["json_schema"] = JsonNode.Parse(Person), ["max_tokens"] = 5 });

        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task A_schema_that_cannot_be_honoured_is_refused_with_its_path()
    {
        var patience = Patience.Token();
        var schema = JsonNode.Parse("""{"type":"object","properties":{"a/b":{"not":{}}}}""");
        using var answer = await deployment.Api.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("tiny-chat", "Hi", new { json_schema = schema }), patience);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("error");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("json_schema#/properties/a~1b/not", error.GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("\"required\"", null)]
    [InlineData("""{"type":"function","function":{"name":"search"}}""", "search")]
    [InlineData("""{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"get_weather"}}]}}""", "get_weather")]
    public async Task A_call_that_must_be_made_is_made_with_valid_arguments(string toolChoice, string? name)
    {
        var choice = await AnswerAsync(new JsonObject { ["tools"] = Tools(), ["tool_choice"] = JsonNode.Parse(toolChoice), ["parallel_tool_calls"] = false });
        var call = Assert.Single(choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray()).GetProperty("function");

        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(name ?? call.GetProperty("name").GetString(), call.GetProperty("name").GetString());
        AssertValid(call);
    }

    [Fact]
    public async Task A_thought_stays_possible_before_a_call_that_must_be_made()
    {
        var choice = await AnswerAsync(new JsonObject
        {
            ["tools"] = Tools(),
            ["tool_choice"] = "required",
            ["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = true },
        });

        Assert.NotEmpty(choice.GetProperty("message").GetProperty("reasoning_content").GetString()!);
        Assert.All(choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray(), call => AssertValid(call.GetProperty("function")));
    }

    [Fact]
    public async Task The_old_function_call_is_forced_too()
    {
        var functions = new JsonArray([.. Tools().Select(tool => tool!["function"]!.DeepClone())]);
        var choice = await AnswerAsync(new JsonObject { ["functions"] = functions, ["function_call"] = new JsonObject { ["name"] = "search" } });
        var call = choice.GetProperty("message").GetProperty("function_call");

        Assert.Equal("search", call.GetProperty("name").GetString());
        AssertValid(call);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_that_may_call_calls_or_talks(bool thinks)
    {
        var arguments = new JsonObject { ["enable_thinking"] = thinks };
        // Worded as the small model learnt it, so that it decides to call.
        var tools = JsonNode.Parse("""
            [{"type":"function","function":{"name":"get_weather","description":"Get the current weather in a given location",
              "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]
            """)!;
        var talk = await AnswerAsync(new JsonObject { ["tools"] = tools.DeepClone(), ["chat_template_kwargs"] = arguments.DeepClone() }, "Hello!");
        var call = await AnswerAsync(new JsonObject { ["tools"] = tools.DeepClone(), ["chat_template_kwargs"] = arguments.DeepClone() }, "What is the weather in Paris?");

        Assert.NotEmpty(talk.GetProperty("message").GetProperty("content").GetString()!);
        Assert.Equal("stop", talk.GetProperty("finish_reason").GetString());
        Assert.Equal("tool_calls", call.GetProperty("finish_reason").GetString());
        var made = Assert.Single(call.GetProperty("message").GetProperty("tool_calls").EnumerateArray()).GetProperty("function");
        Assert.Equal("Paris", JsonElement.Parse(made.GetProperty("arguments").GetString()!).GetProperty("city").GetString());
    }

    private static JsonArray Tools() => [JsonNode.Parse(Weather), JsonNode.Parse(Search)];

    private static void AssertValid(JsonElement call)
    {
        var tool = JsonElement.Parse(call.GetProperty("name").GetString() == "search" ? Search : Weather);
        var schema = JsonSchemaDocument.Parse(tool.GetProperty("function").GetProperty("parameters"));
        Assert.Null(schema.FirstViolation(JsonElement.Parse(call.GetProperty("arguments").GetString()!)));
    }

    private async Task<JsonElement> AnswerAsync(JsonObject more, string text = "Tell me about a person")
    {
        var patience = Patience.Token();
        more["stream"] = false;
        more["temperature"] ??= 0;
        more["max_tokens"] ??= 600;
        using var answer = await deployment.Api.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("tiny-chat", text, more), patience);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(patience);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        return body.GetProperty("choices")[0];
    }
}
