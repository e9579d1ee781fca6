#pragma warning disable OPENAI001 // NuGet's client calls this API experimental.
using System.ClientModel;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;
using OpenAI.Responses;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>npm's and NuGet's clients, as they come, get responses from us as they get them from OpenAI.</summary>
public abstract class Getting_responses_with_the_official_clients_of_OpenAI(Deployment deployment)
{
    private const string Sentence = "This is a test!";

    protected Deployment Deployment { get; } = deployment;

    private static readonly object Question = new { model = "tiny-chat", input = "Say this is a test!" };

    [Fact]
    public async Task JavaScript_gets_a_response()
    {
        var answer = await NodeProgram.RunAsync("responses", "create", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.Equal(Sentence, answer.GetProperty("text").GetString());
        Assert.Equal("completed", answer.GetProperty("response").GetProperty("status").GetString());
    }

    [Fact]
    public async Task JavaScript_streams_a_response_in_the_specified_order()
    {
        var answer = await NodeProgram.RunAsync("responses", "stream", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        var events = answer.GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(item => item.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(
            ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed"],
            events.Select(item => item.GetProperty("type").GetString()).Distinct());
        Assert.Equal(Sentence, string.Concat(events.Where(item => item.GetProperty("type").GetString() == "response.output_text.delta").Select(item => item.GetProperty("delta").GetString())));
    }

    [Fact]
    public async Task JavaScripts_stream_helper_puts_the_response_together()
    {
        var answer = await NodeProgram.RunAsync("responses", "helper", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.Equal((Sentence, "completed"), (answer.GetProperty("text").GetString(), answer.GetProperty("status").GetString()));
        Assert.Equal(Sentence, answer.GetProperty("deltas").EnumerateArray().Last()[1].GetString());
    }

    [Fact]
    public async Task JavaScript_parses_a_response_that_is_held_to_its_schema()
    {
        var answer = await NodeProgram.RunAsync("responses", "parse", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.Contains(answer.GetProperty("parsed").GetProperty("answer").GetString(), (string[])["yes", "no"]);
        Assert.Contains(answer.GetProperty("parsed").GetProperty("sure").ValueKind, (System.Text.Json.JsonValueKind[])[System.Text.Json.JsonValueKind.True, System.Text.Json.JsonValueKind.False]);
    }

    [Fact]
    public async Task JavaScript_counts_what_a_response_would_read()
    {
        var answer = await NodeProgram.RunAsync("responses", "count", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.InRange(answer.GetProperty("input_tokens").GetInt32(), 4, 100);
    }

    [Fact]
    public async Task JavaScript_goes_on_from_a_response_and_deletes_it()
    {
        var answer = await NodeProgram.RunAsync("responses", "chain", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        var (first, second) = (answer.GetProperty("first"), answer.GetProperty("second"));
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("previous_response_id").GetString());
        Assert.True(second.GetProperty("usage").GetProperty("input_tokens").GetInt32() > first.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(answer.GetProperty("text").GetString(), answer.GetProperty("found").GetString());
        Assert.Equal("Say this is a test!", Assert.Single(answer.GetProperty("items").EnumerateArray()).GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(404, answer.GetProperty("gone").GetInt32());
    }

    [Fact]
    public async Task JavaScript_holds_a_conversation()
    {
        var answer = await NodeProgram.RunAsync("responses", "converse", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.Equal(["user", "assistant"], answer.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.True(answer.GetProperty("deleted").GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task JavaScript_polls_a_background_response()
    {
        var answer = await NodeProgram.RunAsync("responses", "background", new { baseURL = Deployment.BaseUrl, otherURL = Deployment.OtherBaseUrl, body = Question }, Patience.Token());

        Assert.Equal(("queued", "completed", Sentence), (answer.GetProperty("accepted").GetString(), answer.GetProperty("made").GetString(), answer.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task JavaScript_resumes_a_stream_on_another_instance()
    {
        var answer = await NodeProgram.RunAsync("responses", "resume", new { baseURL = Deployment.BaseUrl, otherURL = Deployment.OtherBaseUrl, body = Question }, Patience.Token());

        var events = answer.GetProperty("events").EnumerateArray().Select(item => item.GetRawText()).ToList();
        Assert.Equal(Enumerable.Range(0, events.Count), answer.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(events, answer.GetProperty("again").EnumerateArray().Select(item => item.GetRawText()));
        Assert.Equal(Sentence, answer.GetProperty("helper").GetString());
    }

    [Fact]
    public async Task JavaScript_cancels_a_background_response_and_the_slot_is_free()
    {
        var patience = Patience.Token();

        // An answer that takes some seconds.
        var schema = new { type = "object", properties = new { a = new { type = "array", items = new { type = "boolean" }, minItems = 400 } }, required = new[] { "a" }, additionalProperties = false };
        var body = new { model = "tiny-chat", input = "Tell me a story", text = new { format = new { type = "json_schema", name = "long", schema } } };
        var answer = await NodeProgram.RunAsync("responses", "cancel", new { baseURL = Deployment.BaseUrl, otherURL = Deployment.OtherBaseUrl, body }, patience);

        Assert.Equal(["cancelled", "cancelled", "cancelled"], answer.GetProperty("statuses").EnumerateArray().Select(status => status.GetString()));
        await Metrics.WaitForAsync(Deployment.Api.Client, "slots_busy", 0, patience);
    }

    [Fact]
    public async Task DotNet_gets_a_response()
    {
        ResponseResult answer = await Responses().CreateResponseAsync(new CreateResponseOptions("tiny-chat", [ResponseItem.CreateUserMessageItem("Say this is a test!")]), Patience.Token());

        Assert.Equal(Sentence, answer.GetOutputText());
        Assert.Equal(answer.Usage.TotalTokenCount, answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task DotNet_streams_a_response()
    {
        var text = "";
        var options = new CreateResponseOptions("tiny-chat", [ResponseItem.CreateUserMessageItem("Say this is a test!")]) { StreamingEnabled = true };
        await foreach (var update in await Responses().CreateResponseStreamingAsync(options, Patience.Token()))
        {
            text += update is StreamingResponseOutputTextDeltaUpdate delta ? delta.Delta : "";
        }

        Assert.Equal(Sentence, text);
    }

    private ResponsesClient Responses() => new(new ApiKeyCredential("any"), new ResponsesClientOptions { Endpoint = new Uri(Deployment.BaseUrl) });
}
