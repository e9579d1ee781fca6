using System.ClientModel;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>npm's and NuGet's clients, as they come, get from us what they get from OpenAI.</summary>
public abstract class Talking_with_the_official_clients_of_OpenAI(Deployment deployment) : Getting_responses_with_the_official_clients_of_OpenAI(deployment)
{
    private const string Sentence = "This is a test!";

    private static readonly object Question = new { model = "tiny-chat", messages = new[] { new { role = "user", content = "Say this is a test!" } } };

    [Fact]
    public async Task JavaScript_lists_the_models()
    {
        var answer = await NodeProgram.RunAsync("openai", "models", new { baseURL = Deployment.BaseUrl }, Patience.Token());

        Assert.Contains("tiny-chat", answer.GetProperty("listed").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(answer.GetProperty("listed")[0].GetString(), answer.GetProperty("retrieved").GetString());
        Assert.Equal("model", answer.GetProperty("object").GetString());
    }

    [Fact]
    public async Task JavaScript_gets_an_answer_and_its_request_id()
    {
        var answer = await NodeProgram.RunAsync("openai", "chat", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.Equal(Sentence, answer.GetProperty("answer").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.False(string.IsNullOrEmpty(answer.GetProperty("requestId").GetString()));
    }

    [Fact]
    public async Task JavaScript_streams_an_answer_with_its_usage()
    {
        var body = new { model = "tiny-chat", messages = new[] { new { role = "user", content = "Say this is a test!" } }, stream_options = new { include_usage = true } };
        var answer = await NodeProgram.RunAsync("openai", "stream", new { baseURL = Deployment.BaseUrl, body }, Patience.Token());

        Assert.Equal(Sentence, string.Concat(answer.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString())));
        Assert.Equal("stop", answer.GetProperty("finish").GetString());
        Assert.InRange(answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), 3, 20);
    }

    [Fact]
    public async Task JavaScripts_stream_helper_puts_the_answer_together()
    {
        var answer = await NodeProgram.RunAsync("openai", "helper", new { baseURL = Deployment.BaseUrl, body = Question }, Patience.Token());

        Assert.Equal(Sentence, answer.GetProperty("text").GetString());
        Assert.Equal("stop", answer.GetProperty("finish").GetString());
        var seen = answer.GetProperty("seen").EnumerateArray().ToList();
        Assert.Equal(Sentence, string.Concat(seen.Select(pair => pair[0].GetString())));
        Assert.Equal(Sentence, seen[^1][1].GetString());
        Assert.InRange(answer.GetProperty("usage").GetProperty("total_tokens").GetInt32(), 4, 200);
    }

    [Fact]
    public async Task JavaScript_leaves_a_stream_and_the_slot_is_free()
    {
        var patience = Patience.Token();
        var body = new { model = "tiny-chat", messages = new[] { new { role = "user", content = "Tell me a story" } }, ignore_eos = true, max_tokens = 100_000 };
        var answer = await NodeProgram.RunAsync("openai", "leave", new { baseURL = Deployment.BaseUrl, body, after = 3 }, patience);

        Assert.True(answer.GetProperty("aborted").GetBoolean());
        await Metrics.WaitForAsync(Deployment.Api.Client, "open_jobs", 0, patience);
        await Metrics.WaitForAsync(Deployment.Api.Client, "slots_busy", 0, patience);
    }

    [Fact]
    public async Task JavaScript_keeps_files()
    {
        var answer = await NodeProgram.RunAsync("openai", "files", new { baseURL = Deployment.BaseUrl }, Patience.Token());

        var id = answer.GetProperty("id").GetString();
        Assert.Contains(id, answer.GetProperty("listed").EnumerateArray().Select(listed => listed.GetString()));
        Assert.Equal((id, 10), (answer.GetProperty("retrieved").GetProperty("id").GetString(), answer.GetProperty("retrieved").GetProperty("bytes").GetInt32()));
        Assert.Equal(("0123456789", "234"), (answer.GetProperty("content").GetString(), answer.GetProperty("part").GetString()));
        Assert.True(answer.GetProperty("deleted").GetProperty("deleted").GetBoolean());
        Assert.Equal(("completed", "abcdef", "cancelled"), (answer.GetProperty("completed").GetString(), answer.GetProperty("joined").GetString(), answer.GetProperty("cancelled").GetString()));
    }

    [Fact]
    public async Task JavaScript_hands_over_a_batch_and_reads_its_output()
    {
        var lines = new object[] { Line("good", Question), Line("bad", new { model = "tiny-chat", messages = Array.Empty<object>() }) };
        var answer = await NodeProgram.RunAsync("openai", "batch", new { baseURL = Deployment.BaseUrl, endpoint = "/v1/chat/completions", lines, metadata = new { a = "b" } }, Patience.Token());

        var batch = answer.GetProperty("batch");
        Assert.Equal("""{"total":2,"completed":1,"failed":1}""", batch.GetProperty("request_counts").GetRawText());
        Assert.Equal("b", batch.GetProperty("metadata").GetProperty("a").GetString());
        Assert.Contains(batch.GetProperty("id").GetString(), answer.GetProperty("listed").EnumerateArray().Select(id => id.GetString()));
        var good = Assert.Single(answer.GetProperty("output").EnumerateArray());
        Assert.Equal(("good", Sentence), (good.GetProperty("custom_id").GetString(), good.GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()));
        var bad = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(("bad", 400), (bad.GetProperty("custom_id").GetString(), bad.GetProperty("response").GetProperty("status_code").GetInt32()));

        static object Line(string id, object body) => new { custom_id = id, method = "POST", url = "/v1/chat/completions", body };
    }

    [Fact]
    public async Task JavaScript_raises_its_class_for_each_error()
    {
        var messages = new[] { new { role = "user", content = "Hello" } };
        object[] requests =
        [
            new { model = "no-such-model", messages },
            new { model = "tiny-chat", messages, temperature = "hot" },
            new { model = "tiny-chat", messages = Array.Empty<object>() },
        ];
        var raised = await NodeProgram.RunAsync("openai", "errors", new { baseURL = Deployment.BaseUrl, requests }, Patience.Token());

        Assert.Equal(["NotFoundError", "BadRequestError", "BadRequestError"], raised.EnumerateArray().Select(error => error.GetProperty("class").GetString()));
        Assert.Equal("model_not_found", raised[0].GetProperty("code").GetString());
        Assert.Equal("temperature", raised[1].GetProperty("param").GetString());
        Assert.Equal("messages", raised[2].GetProperty("param").GetString());
        Assert.All(raised.EnumerateArray(), error => Assert.False(string.IsNullOrEmpty(error.GetProperty("requestId").GetString())));
    }

    [Fact]
    public async Task JavaScript_completes_a_text_whole_and_streamed()
    {
        var body = new { model = "tiny-chat", prompt = "<|im_start|>user\nSay this is a test!<|im_end|>\n<|im_start|>assistant\n", logprobs = 1 };
        var answer = await NodeProgram.RunAsync("openai", "complete", new { baseURL = Deployment.BaseUrl, body }, Patience.Token());

        Assert.Equal(Sentence, answer.GetProperty("whole").GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal(Sentence, string.Concat(answer.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString())));
        Assert.All(answer.GetProperty("whole").GetProperty("choices")[0].GetProperty("logprobs").GetProperty("token_logprobs").EnumerateArray(), value => Assert.InRange(value.GetDouble(), -100, 0));
    }

    [Fact]
    public async Task JavaScript_decodes_embeddings_by_itself()
    {
        var answer = await NodeProgram.RunAsync("openai", "embed", new { baseURL = Deployment.BaseUrl, body = new { model = "tiny-chat", input = new[] { "The cat sits on the mat.", "Twelve plus thirty is forty-two.", "The cat sits on the mat." } } }, Patience.Token());

        // It asks for Base64 where nothing is said, and for numbers where they are wanted.
        var vectors = answer.GetProperty("decoded").EnumerateArray().Select(vector => vector.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToList();
        Assert.Equal([256, 256, 256], vectors.Select(vector => vector.Length));
        Assert.All(vectors, vector => Assert.InRange(vector.Sum(value => value * value), 0.999, 1.001));
        Assert.Equal(vectors[0], vectors[2]);
        Assert.True(vectors[0].Zip(vectors[1], (a, b) => a * b).Sum() < 0.999);
        Assert.Equal(vectors[0], answer.GetProperty("numbers")[0].EnumerateArray().Select(value => (double)value.GetSingle()));
        Assert.InRange(answer.GetProperty("usage").GetProperty("total_tokens").GetInt32(), 6, 100);
    }

    [Fact]
    public async Task DotNet_gets_shortened_embeddings()
    {
        var options = new EmbeddingGenerationOptions { Dimensions = 32 };
        OpenAIEmbeddingCollection answer = await Client().GetEmbeddingClient("tiny-chat").GenerateEmbeddingsAsync(["The cat", "A dog"], options, Patience.Token());

        Assert.Equal(2, answer.Count);
        Assert.All(answer, embedding => Assert.InRange(embedding.ToFloats().ToArray().Sum(value => value * value), 0.999f, 1.001f));
        Assert.Equal([32, 32], answer.Select(embedding => embedding.ToFloats().Length));
    }

    [Fact]
    public async Task DotNet_lists_the_models()
    {
        var models = await Client().GetOpenAIModelClient().GetModelsAsync(Patience.Token());

        Assert.Contains("tiny-chat", models.Value.Select(model => model.Id));
    }

    [Fact]
    public async Task DotNet_gets_an_answer_with_its_usage()
    {
        ChatCompletion answer = await Chat().CompleteChatAsync([new UserChatMessage("Say this is a test!")], cancellationToken: Patience.Token());

        Assert.Equal(Sentence, answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(answer.Usage.TotalTokenCount, answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task DotNet_streams_an_answer()
    {
        var patience = Patience.Token();
        var text = "";
        ChatFinishReason? finish = null;
        await foreach (var update in Chat().CompleteChatStreamingAsync([new UserChatMessage("Say this is a test!")], cancellationToken: patience))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
        }

        Assert.Equal(Sentence, text);
        Assert.Equal(ChatFinishReason.Stop, finish);
    }

    [Fact]
    public async Task DotNet_raises_an_error_with_its_status()
    {
        var raised = await Assert.ThrowsAsync<ClientResultException>(() => Client().GetChatClient("no-such-model").CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: Patience.Token()));

        Assert.Equal(404, raised.Status);
        Assert.Contains("tiny-chat", raised.Message, StringComparison.Ordinal);
    }

    private OpenAIClient Client() => new(new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri(Deployment.BaseUrl) });

    private ChatClient Chat() => Client().GetChatClient("tiny-chat");
}
