using System.Buffers.Binary;
using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Embedding_texts : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/embeddings")]
    [InlineData("/embeddings")]
    public async Task Body_is_these_bytes(string path)
    {
        using var response = await _server.PostAsync(path, """{"input":[7],"model":"tiny","encoding_format":"float","user":"u"}""", "application/json").OrTimeout("the answer");
        Assert.Equal(
            $$$"""{"object":"list","data":[{"object":"embedding","index":0,"embedding":{{{JsonSerializer.Serialize(Expected(1))}}}}],"model":"tiny","usage":{"prompt_tokens":1,"total_tokens":1}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("\"abc\"", new[] { 3 })]
    [InlineData("[\"a\",\"bcd\"]", new[] { 1, 3 })]
    [InlineData("[1,2]", new[] { 2 })]
    [InlineData("[[1,2],[3]]", new[] { 2, 1 })]
    public async Task All_forms_of_input_get_a_vector_each(string input, int[] lengths)
    {
        var answer = await EmbedAsync($$"""{"input":{{input}}}""");

        Assert.Equal(lengths.Select(Expected), answer.GetProperty("data").EnumerateArray().Select(Numbers));
        Assert.Equal(Enumerable.Range(0, lengths.Length), answer.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("index").GetInt32()));
        Assert.Equal(lengths.Sum(), answer.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Base64_is_the_same_numbers_as_little_endian_floats()
    {
        var bytes = (await EmbedAsync("""{"input":"abc","encoding_format":"base64"}""")).GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();

        Assert.Equal(Expected(3), bytes.Chunk(4).Select(four => BinaryPrimitives.ReadSingleLittleEndian(four)));
    }

    [Fact]
    public async Task Shortened_vectors_are_of_length_one_again()
    {
        var numbers = Numbers((await EmbedAsync("""{"input":"abcde","dimensions":3}""")).GetProperty("data")[0]);

        Assert.Equal([3 / 13f, 4 / 13f, 12 / 13f], numbers, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public async Task Long_lists_keep_their_order()
    {
        var texts = Enumerable.Range(1, 200).Select(length => new string('x', length)).ToList();
        var answer = await EmbedAsync(JsonSerializer.Serialize(new { input = texts }));

        Assert.Equal(texts.Select(text => Expected(text.Length)), answer.GetProperty("data").EnumerateArray().Select(Numbers));
        Assert.Equal(texts.Sum(text => text.Length), answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Theory]
    [InlineData("{}", "missing_required_parameter", "input")]
    [InlineData("""{"input":[]}""", "invalid_value", "input")]
    [InlineData("""{"input":{}}""", "invalid_type", "input")]
    [InlineData("""{"input":["a",1]}""", "invalid_type", "input[1]")]
    [InlineData("""{"input":"a","encoding_format":"hex"}""", "invalid_value", "encoding_format")]
    [InlineData("""{"input":"a","dimensions":0}""", "invalid_value", "dimensions")]
    [InlineData("""{"input":"a","dimensions":5}""", "invalid_value", "dimensions")]
    [InlineData("""{"input":"a","normalize":true}""", "unknown_parameter", "normalize")]
    [InlineData("""{"input":["a",""]}""", "invalid_value", null)]
    public async Task Bad_request_is_refused_by_field(string body, string code, string? param)
    {
        using var response = await _server.PostAsync("/v1/embeddings", body, "application/json").OrTimeout("the answer");

        var error = await response.ErrorAsync();
        Assert.Equal((400, code, param), (error.Status, error.Code, error.Param));
    }

    private async Task<JsonElement> EmbedAsync(string body)
    {
        using var response = await _server.PostAsync("/v1/embeddings", body, "application/json").OrTimeout("the answer");
        return await response.JsonAsync();
    }

    private static float[] Expected(int length) => ScriptedReplies.Vector(new TokenInput { Tokens = new int[length] });

    private static float[] Numbers(JsonElement entry) => [.. entry.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];
}
