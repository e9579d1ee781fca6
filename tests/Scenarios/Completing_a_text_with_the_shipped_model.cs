using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

[Collection(SharedStandalone.Name)]
public sealed class Completing_a_text_with_the_shipped_model(StandaloneDeployment deployment)
{
    // What the model's template makes of "Say this is a test!" without thinking.
    private const string Prompt = "<|im_start|>user\nSay this is a test!<|im_end|>\n<|im_start|>assistant\n";
    private const string Sentence = "This is a test!";

    [Fact]
    public async Task A_prompt_is_continued_as_it_is()
    {
        var answer = await PostAsync("/v1/completions", new { model = "tiny-chat", prompt = Prompt });

        Assert.Equal(Sentence, Text(answer, 0));
        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Token_ids_are_continued_as_their_text_is()
    {
        var tokens = (await PostAsync("/v1/tokenize", new { model = "tiny-chat", content = Prompt })).GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()).ToArray();
        var text = (await PostAsync("/v1/detokenize", new { model = "tiny-chat", tokens })).GetProperty("content").GetString();
        var answer = await PostAsync("/v1/completions", new { model = "tiny-chat", prompt = new[] { tokens, tokens }, echo = true });

        Assert.Equal(Prompt, text);
        Assert.Equal((Prompt + Sentence, Prompt + Sentence), (Text(answer, 0), Text(answer, 1)));
        Assert.Equal(2 * tokens.Length, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Log_probabilities_fit_the_text_and_tell_the_best()
    {
        var answer = await PostAsync("/v1/completions", new { model = "tiny-chat", prompt = "One two three", logprobs = 3, max_tokens = 8, temperature = 1, seed = 1, n = 1, best_of = 4 });
        var all = await PostAsync("/v1/completions", new { model = "tiny-chat", prompt = "One two three", logprobs = 3, max_tokens = 8, temperature = 1, seed = 1, n = 4 });

        var logprobs = answer.GetProperty("choices")[0].GetProperty("logprobs");
        var tokens = logprobs.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!).ToList();
        Assert.StartsWith(Text(answer, 0), string.Concat(tokens), StringComparison.Ordinal);
        Assert.Equal(tokens.Count, logprobs.GetProperty("text_offset").GetArrayLength());
        Assert.All(logprobs.GetProperty("top_logprobs").EnumerateArray(), place => Assert.InRange(place.EnumerateObject().Count(), 3, 4));
        // The same seeds give the same four, so the one that was chosen is the likeliest of them.
        var means = all.GetProperty("choices").EnumerateArray().Select(Mean).ToList();
        Assert.Equal(Text(all, means.IndexOf(means.Max())), Text(answer, 0));
        Assert.True(means.Distinct().Count() > 1);
    }

    [Fact]
    public async Task The_old_clients_stream_ends_with_its_usage()
    {
        using var response = await deployment.Api.Client.PostAsJsonAsync("/v1/completions", new { model = "tiny-chat", prompt = Prompt, stream = true, stream_options = new { include_usage = true } }, Patience.Token());
        var frames = (await response.Content.ReadAsStringAsync(Patience.Token())).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(frame => frame.StartsWith("data: {", StringComparison.Ordinal)).Select(frame => JsonDocument.Parse(frame["data: ".Length..]).RootElement).ToList();

        Assert.Equal(Sentence, string.Concat(frames.SelectMany(frame => frame.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("text").GetString())));
        Assert.InRange(frames[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32(), 3, 20);
    }

    [Fact]
    public async Task The_length_of_a_chats_prompt_is_what_its_answer_says()
    {
        var body = new { model = "tiny-chat", messages = new[] { new { role = "user", content = "Say this is a test!" } } };
        var counted = await PostAsync("/v1/chat/completions/input_tokens", body);
        var answer = await PostAsync("/v1/chat/completions", body);

        Assert.Equal(answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), counted.GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task A_token_that_there_is_not_is_refused()
    {
        using var response = await deployment.Api.Client.PostAsJsonAsync("/v1/completions", new { model = "tiny-chat", prompt = new[] { 9_999_999 } }, Patience.Token());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("9999999", await response.Content.ReadAsStringAsync(Patience.Token()), StringComparison.Ordinal);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await deployment.Api.Client.PostAsJsonAsync(path, body, Patience.Token());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Patience.Token());
    }

    private static string Text(JsonElement answer, int choice) => answer.GetProperty("choices")[choice].GetProperty("text").GetString()!;

    private static double Mean(JsonElement choice) => choice.GetProperty("logprobs").GetProperty("token_logprobs").EnumerateArray().Average(value => value.GetDouble());
}
