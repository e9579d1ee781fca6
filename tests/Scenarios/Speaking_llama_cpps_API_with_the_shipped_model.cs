using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

[Collection(SharedStandalone.Name)]
public sealed class Speaking_llama_cpps_API_with_the_shipped_model(StandaloneDeployment deployment)
{
    private const string Sentence = "This is a test!";

    private readonly HttpClient _client = deployment.Api.Client;

    [Fact]
    public async Task A_rendered_chat_is_completed()
    {
        var answer = await PostAsync("/completion", new { prompt = await PromptAsync(), n_probs = 2, return_tokens = true, seed = 1 });

        Assert.Equal((Sentence, "eos", true), (answer.GetProperty("content").GetString(), answer.GetProperty("stop_type").GetString(), answer.GetProperty("stop").GetBoolean()));
        Assert.Equal(answer.GetProperty("tokens").GetArrayLength(), answer.GetProperty("completion_probabilities").GetArrayLength());
        var first = answer.GetProperty("completion_probabilities")[0];
        Assert.Equal(answer.GetProperty("tokens")[0].GetInt32(), first.GetProperty("id").GetInt32());
        Assert.Equal(2, first.GetProperty("top_logprobs").GetArrayLength());
        Assert.True(answer.GetProperty("timings").GetProperty("predicted_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task A_stream_brings_the_same_with_its_tokens()
    {
        var patience = Patience.Token();
        using var response = await _client.PostAsJsonAsync("/completion", new { prompt = await PromptAsync(), stream = true }, patience);
        var frames = (await response.Content.ReadAsStringAsync(patience)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(frame => JsonDocument.Parse(frame["data: ".Length..]).RootElement).ToList();

        Assert.Equal(Sentence, string.Concat(frames.Select(frame => frame.GetProperty("content").GetString())));
        Assert.Equal(frames.Count - 1, frames.FindIndex(frame => frame.GetProperty("stop").GetBoolean()));
        var tokens = frames.SelectMany(frame => frame.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())).ToList();
        Assert.Equal(Sentence, (await PostAsync("/detokenize", new { tokens })).GetProperty("content").GetString());
    }

    [Fact]
    public async Task Tokens_and_texts_mixed_are_the_same_prompt()
    {
        var prompt = await PromptAsync();
        // Between two words, where no token reaches over.
        var cut = prompt.IndexOf("Say", StringComparison.Ordinal);
        var tokens = Ids(await PostAsync("/tokenize", new { content = prompt[..cut], add_special = true }));
        object[] mixed = [.. tokens.Cast<object>(), prompt[cut..]];
        var answers = await PostAsync("/completion", new { prompt = new object[] { prompt, mixed }, temperature = 0 });

        Assert.Equal([Sentence, Sentence], answers.EnumerateArray().Select(answer => answer.GetProperty("content").GetString()));
        Assert.Equal(answers[0].GetProperty("tokens_evaluated").GetInt32(), answers[1].GetProperty("tokens_evaluated").GetInt32());
    }

    [Fact]
    public async Task Limits_and_words_end_an_answer_and_say_so()
    {
        var prompt = await PromptAsync();
        var limited = await PostAsync("/completion", new { prompt, n_predict = 2 });
        var stopped = await PostAsync("/completions", new { prompt, stop = new[] { " a " }, temperature = 0 });
        var warmed = await PostAsync("/completion", new { prompt, n_predict = 0 });
        var anew = await PostAsync("/completion", new { prompt, n_predict = 1, cache_prompt = false });

        Assert.Equal(("limit", 2, false), (limited.GetProperty("stop_type").GetString(), limited.GetProperty("tokens_predicted").GetInt32(), limited.GetProperty("truncated").GetBoolean()));
        Assert.Equal(("word", " a ", "This is"), (stopped.GetProperty("stop_type").GetString(), stopped.GetProperty("stopping_word").GetString(), stopped.GetProperty("content").GetString()));
        Assert.Equal((0, ""), (warmed.GetProperty("tokens_predicted").GetInt32(), warmed.GetProperty("content").GetString()));
        Assert.Equal(0, anew.GetProperty("tokens_cached").GetInt32());
    }

    [Fact]
    public async Task The_order_of_samplers_is_what_was_asked_for()
    {
        var prompt = await PromptAsync();
        var greedy = await PostAsync("/completion", new { prompt, temperature = 2, top_k = 1, samplers = new[] { "temperature", "top_k" } });
        var wild = await PostAsync("/completion", new { prompt, temperature = 2, top_k = 1, samplers = new[] { "temperature" }, n_predict = 20, ignore_eos = true, seed = 5, dry_multiplier = 0 });

        Assert.Equal(Sentence, greedy.GetProperty("content").GetString());
        Assert.DoesNotContain(Sentence, wild.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pieces_of_tokens_are_the_text()
    {
        var tokens = (await PostAsync("/tokenize", new { content = "größer", with_pieces = true })).GetProperty("tokens").EnumerateArray().ToList();
        var bytes = tokens.SelectMany(token => token.GetProperty("piece") is { ValueKind: JsonValueKind.String } text
            ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!)
            : token.GetProperty("piece").EnumerateArray().Select(value => value.GetByte())).ToArray();

        Assert.Equal("größer", System.Text.Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task A_gap_is_filled()
    {
        var answer = await PostAsync("/infill", new { input_prefix = "Say this ", input_suffix = " a test!", n_predict = 8, temperature = 0 });

        Assert.NotEmpty(answer.GetProperty("content").GetString()!);
        Assert.Equal("Say this ", answer.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task The_server_tells_its_properties_slots_health_and_metrics()
    {
        var patience = Patience.Token();
        var props = await _client.GetFromJsonAsync<JsonElement>("/props?model=tiny-chat", patience);
        var slots = await _client.GetFromJsonAsync<JsonElement>("/slots?model=tiny-chat", patience);
        var health = await _client.GetFromJsonAsync<JsonElement>("/health", patience);
        var metrics = await _client.GetStringAsync("/metrics", patience);

        Assert.Equal(2048, props.GetProperty("default_generation_settings").GetProperty("n_ctx").GetInt32());
        Assert.Contains("<|im_start|>", props.GetProperty("chat_template").GetString(), StringComparison.Ordinal);
        Assert.Equal(props.GetProperty("total_slots").GetInt32(), slots.GetArrayLength());
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Contains("\nllamacpp:tokens_predicted_total ", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_engine_refuses_is_said_in_llama_cpps_words()
    {
        var patience = Patience.Token();
        using var token = await _client.PostAsJsonAsync("/completion", new { prompt = new[] { 1, 100_000_000 } }, patience);
        using var grammar = await _client.PostAsJsonAsync("/completion", new { prompt = "a", grammar = "root ::= (" }, patience);

        foreach (var response in new[] { token, grammar })
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var error = (await response.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("error");
            Assert.Equal((400, "invalid_request_error"), (error.GetProperty("code").GetInt32(), error.GetProperty("type").GetString()));
        }
    }

    private async Task<string> PromptAsync() =>
        (await PostAsync("/apply-template", new { model = "tiny-chat", messages = new[] { new { role = "user", content = "Say this is a test!" } } })).GetProperty("prompt").GetString()!;

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var patience = Patience.Token();
        using var response = await _client.PostAsJsonAsync(path, body, patience);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync(patience)}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(patience);
    }

    private static List<int> Ids(JsonElement answer) => [.. answer.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())];
}
