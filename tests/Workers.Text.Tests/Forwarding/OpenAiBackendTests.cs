using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Text.Forwarding;

namespace LocalAI.Pipeline.Workers.Text.Tests.Forwarding;

public sealed class OpenAiBackendTests : IAsyncLifetime
{
    private const string Tools = """[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]""";

    private readonly OpenAiBackend _backend = new();
    private UpstreamServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await UpstreamServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _backend.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Chat_ToolCallInFragments_ComesAsDeltas()
    {
        await LoadAsync();
        _server.Stream(
            """{"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":7}}""");

        var replies = await AskAsync(Chat(request =>
        {
            request.Tools = Tools;
            request.ToolChoice = """{"type":"function","function":{"name":"f"}}""";
            request.Metadata["parallel_tool_calls"] = "false";
            request.ResponseFormat = """{"type":"json_object"}""";
        }));

        var calls = replies.SelectMany(reply => reply.ChatDeltas).SelectMany(delta => delta.ToolCalls).ToList();
        Assert.Equal(("c1", "f", "{\"a\":1}"), (calls[0].Id, calls[0].Name, string.Concat(calls.Select(call => call.Arguments))));
        Assert.Equal(("tool_calls", 7, 5), (replies[^1].FinishReason, replies[^1].Tokens, replies[^1].PromptTokens));
        var (path, _, body) = Assert.Single(_server.Asked);
        Assert.Equal("/v1/chat/completions", path);
        Assert.Equal(Tools, body.GetProperty("tools").GetRawText());
        Assert.Equal("f", body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.False(body.GetProperty("parallel_tool_calls").GetBoolean());
        Assert.Equal("json_object", body.GetProperty("response_format").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Chat_Logprobs_ComeAsTheServerHasThem()
    {
        await LoadAsync();
        const string Logprobs = """{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[]}]}""";
        _server.Stream($$"""{"choices":[{"delta":{"content":"a"},"logprobs":{{Logprobs}}}]}""");

        var replies = await AskAsync(Chat(request => (request.Logprobs, request.TopLogprobs) = (1, 3)));

        Assert.Equal(Logprobs, replies[0].Logprobs.ToStringUtf8());
        Assert.Equal((true, 3), (_server.Asked[0].Body.GetProperty("logprobs").GetBoolean(), _server.Asked[0].Body.GetProperty("top_logprobs").GetInt32()));
    }

    [Fact]
    public async Task Completion_WithLogprobs_HasThemInTheNewForm()
    {
        await LoadAsync();
        _server.Stream(
            """{"choices":[{"text":"ab","logprobs":{"tokens":["a","b"],"token_logprobs":[null,-1.5],"top_logprobs":[null,{"b":-1.5,"c":-2}],"text_offset":[0,1]}}]}""",
            """{"choices":[{"text":"","finish_reason":"length"}]}""");

        var replies = await AskAsync(Neutral(request => (request.Prompt, request.Logprobs, request.TopLogprobs, request.Tokens) = ("P", 1, 2, 2)));

        Assert.Equal("ab", Assert.Single(replies[0].ChatDeltas).Content);
        Assert.Equal("""{"content":[{"token":"b","logprob":-1.5,"top_logprobs":[{"token":"b","logprob":-1.5},{"token":"c","logprob":-2}]}]}""", replies[0].Logprobs.ToStringUtf8());
        Assert.Equal("length", replies[^1].FinishReason);
        Assert.Equal(("/v1/completions", "P", 2), (_server.Asked[0].Path, _server.Asked[0].Body.GetProperty("prompt").GetString(), _server.Asked[0].Body.GetProperty("logprobs").GetInt32()));
    }

    [Fact]
    public async Task Chat_Pictures_AreInTheMessagesTheyBelongTo()
    {
        await LoadAsync();
        _server.Stream("""{"choices":[{"delta":{"content":"a"}}]}""");
        await AskAsync(Chat(request =>
        {
            request.Messages[0].ImageCount = 1;
            request.Messages.Add(new Message { Role = "user", Content = "", ImageCount = 1, AudioCount = 1 });
            request.Images.AddRange(["/9j/AA==", "iVBORw=="]);
            request.Audios.Add("UklGRg==");
        }));

        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/AA=="}}]},{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}},{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}]}]""",
            _server.Asked[0].Body.GetProperty("messages").GetRawText());
    }

    [Fact]
    public async Task Key_OfTheEnvironment_IsSentAndAMissingOneStopsTheLoading()
    {
        var variable = $"UPSTREAM_KEY_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, "secret");
        try
        {
            await LoadAsync($"api_key_env:{variable}");
            _server.Stream("""{"choices":[{"delta":{"content":"a"}}]}""");
            await AskAsync(Chat(_ => { }));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Equal("Bearer secret", _server.Asked[0].Authorization);
        var refused = await Assert.ThrowsAsync<BackendCallException>(() => LoadAsync($"api_key_env:{variable}"));
        Assert.Contains(variable, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_ServersGetOnlyWhatOpenAiHas()
    {
        await LoadAsync("strict:true");
        _server.Stream("""{"choices":[{"delta":{"content":"a"}}]}""");
        await AskAsync(Chat(_ => { }));

        Assert.False(_server.Asked[0].Body.TryGetProperty("top_k", out _));
        Assert.False(_server.Asked[0].Body.TryGetProperty("min_p", out _));
        foreach (var (name, change) in new (string, Action<PredictOptions>)[]
        {
            ("top_k", request => request.TopK = 7),
            ("min_p", request => request.MinP = 0.2f),
            ("ignore_eos", request => request.IgnoreEOS = true),
            ("chat_template_kwargs", request => request.Metadata["chat_template_kwargs"] = "{}"),
            ("continue_final_message", request => request.Metadata["continue_final_message"] = "true"),
        })
        {
            var refused = await Assert.ThrowsAsync<BackendCallException>(() => AskAsync(Chat(change)));
            Assert.Equal(GrpcStatus.Unimplemented, refused.Status);
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LenientServer_GetsWhatItHasBeyondOpenAi()
    {
        await LoadAsync();
        _server.Stream("""{"choices":[{"delta":{"content":"a"}}]}""");
        await AskAsync(Chat(request =>
        {
            request.TopK = 7;
            request.Metadata["chat_template_kwargs"] = """{"enable_thinking":false}""";
            request.Metadata["continue_final_message"] = "true";
        }));

        var body = _server.Asked[0].Body;
        Assert.Equal(7, body.GetProperty("top_k").GetInt32());
        Assert.False(body.GetProperty("chat_template_kwargs").GetProperty("enable_thinking").GetBoolean());
        Assert.Equal((true, false), (body.GetProperty("continue_final_message").GetBoolean(), body.GetProperty("add_generation_prompt").GetBoolean()));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"too long","code":"context_length_exceeded"}}""", GrpcStatus.OutOfRange, "too long")]
    [InlineData(400, """{"error":{"code":400,"message":"too long","type":"exceed_context_size_error"}}""", GrpcStatus.OutOfRange, "too long")]
    [InlineData(400, """{"error":{"message":"no","code":"invalid_value"}}""", GrpcStatus.InvalidArgument, "no")]
    [InlineData(401, """{"error":{"message":"who are you"}}""", GrpcStatus.PermissionDenied, "who are you")]
    [InlineData(404, "<html>nothing</html>", GrpcStatus.NotFound, "<html>nothing</html>")]
    [InlineData(500, """{"error":"broken"}""", GrpcStatus.Internal, "broken")]
    [InlineData(200, "data: {\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}\n\n", GrpcStatus.OutOfRange, "too long")]
    [InlineData(200, "data: {\"choices\":[]}\n\n", GrpcStatus.Aborted, "without [DONE]")]
    [InlineData(200, "data: nonsense\n\n", GrpcStatus.Aborted, "broke off")]
    public async Task Failure_OfTheServer_IsToldWithItsWords(int status, string body, GrpcStatus expected, string words)
    {
        await LoadAsync();
        _server.Answer(status, body);

        var failed = await Assert.ThrowsAsync<BackendCallException>(() => AskAsync(Chat(_ => { })));

        Assert.Equal(expected, failed.Status);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_WithoutEnd_BreaksTheAnswerOff()
    {
        await LoadAsync();
        _server.Answer(200, "data: " + new string('x', UpstreamAnswer.LongestEvent + 1));

        var failed = await Assert.ThrowsAsync<BackendCallException>(() => AskAsync(Chat(_ => { })));

        Assert.Equal(GrpcStatus.Internal, failed.Status);
        Assert.Contains("bytes", failed.Message, StringComparison.Ordinal);
    }

    private Task<Result> LoadAsync(params string[] more)
    {
        var model = new ModelOptions { Model = "there" };
        model.Options.AddRange([$"base_url:{_server.BaseUrl}", .. more]);
        return _backend.LoadModelAsync(model, new BackendCallContext(TestTimeout.Token));
    }

    private async Task<List<Reply>> AskAsync(PredictOptions request) =>
        await _backend.PredictStreamAsync(request, new BackendCallContext(TestTimeout.Token)).ToListAsync(TestTimeout.Token);

    private static PredictOptions Chat(Action<PredictOptions> change) => Neutral(request =>
    {
        request.Messages.Add(new Message { Role = "user", Content = "Hi" });
        change(request);
    });

    // As a worker fills it when a request says nothing.
    private static PredictOptions Neutral(Action<PredictOptions> change)
    {
        var request = new PredictOptions { TopK = 40, MinP = 0.05f, TopP = 0.95f, Temperature = 0.8f, Penalty = 1, TypicalP = 1, Seed = -1 };
        change(request);
        return request;
    }
}
