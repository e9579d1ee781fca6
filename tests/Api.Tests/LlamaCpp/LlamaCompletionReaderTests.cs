using System.Text;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.LlamaCpp.Reading;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tests.LlamaCpp;

public sealed class LlamaCompletionReaderTests
{
    private const string Everything = """
        {"model":"tiny","prompt":["a",[1,2,"b",3],{"prompt_string":"c"}],"n_predict":5,"max_completion_tokens":5,"n_cmpl":2,"t_max_predict_ms":100,"temperature":0.5,
         "samplers":["top_k","typical","temp"],"min_keep":3,"dry_sequence_breakers":["x"],"stop":["s"],"ignore_eos":true,"logit_bias":[[5,false],["Hi",1.5]],"n_probs":4,
         "cache_prompt":false,"stream":true,"return_tokens":true,"timings_per_token":true,"response_fields":["content","generation_settings/n_predict"],"seed":7,
         "id_slot":-1,"n_keep":10,"n_indent":0,"tfs_z":1.0,"penalize_nl":true,"lora":[],"post_sampling_probs":false,"grammar":"root ::= \"a\""}
        """;

    public static TheoryData<string, string, string?> Bad => BadLlamaRequests.All;

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_BadRequest_IsRefusedByField(string body, string code, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, code, param), (error.Status, error.Code, error.Parameter));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Everything_IsThere()
    {
        var request = Read(Everything);

        Assert.Equal(("tiny", 3, 2, 5, 100), (request.Model, request.Prompts.Count, request.Choices, request.MaxTokens, request.MaxGenerationMilliseconds));
        Assert.Equal(("a", "c"), (request.Prompts[0].Text, request.Prompts[2].Text));
        Assert.Equal(["1,2", "b", "3"], request.Prompts[1].Parts.Select(part => part.Text ?? string.Join(',', part.Tokens!)));
        Assert.Equal(["top_k", "typ_p", "temperature"], request.Sampling.Samplers!);
        Assert.Equal((0.5f, 3, 7L), (request.Sampling.Temperature, request.Sampling.MinKeep, request.Sampling.Seed));
        Assert.Equal(["x"], request.Sampling.DrySequenceBreakers!);
        Assert.Equal((-100, 1.5f), (request.LogitBias!["5"], request.LogitBias["Hi"]));
        Assert.Equal((4, false, true, true, true), (request.Probabilities, request.CachePrompt, request.Stream, request.ReturnTokens, request.TimingsPerToken));
        Assert.Equal(["content", "generation_settings/n_predict"], request.ResponseFields);
        Assert.Equal(OutputKind.Grammar, request.Output!.Kind);
    }

    [Theory]
    [InlineData("-1", null)]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    public void Read_NPredict_IsTheLimit(string value, int? limit) => Assert.Equal(limit, Read($$"""{"prompt":"a","n_predict":{{value}}}""").MaxTokens);

    [Theory]
    [InlineData("[1,2,3]", 1)]
    [InlineData("[1,\"a\"]", 1)]
    [InlineData("[\"a\",\"b\"]", 2)]
    [InlineData("[\"a\",[1,2],[\"b\",3]]", 3)]
    public void Read_Prompts_AreOneWhereTheArrayHasNumbers(string prompt, int count) => Assert.Equal(count, Read($$"""{"prompt":{{prompt}}}""").Prompts.Count);

    [Fact]
    public void ReadInfill_TextsAroundTheGap_AreThere()
    {
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes("""{"input_prefix":"def ","input_suffix":"\n","input_extra":[{"text":"t"},{"filename":"f","text":"u"}],"prompt":"f","n_predict":3}"""), new RequestOptions());
        var request = InfillReader.Read(json.Root);

        Assert.Equal(("def ", "\n", "f", 3), (request.Prompts[0].Text, request.Infill!.Suffix, request.Infill.Start, request.MaxTokens));
        Assert.Equal([("tmp", "t"), ("f", "u")], request.Infill.Files.Select(file => (file.Name, file.Text)));
    }

    [Theory]
    [InlineData("{}", "missing_required_parameter", "input_prefix")]
    [InlineData("""{"input_prefix":"a"}""", "missing_required_parameter", "input_suffix")]
    [InlineData("""{"input_prefix":"a","input_suffix":"b","input_extra":[{"filename":"f"}]}""", "missing_required_parameter", "input_extra[0].text")]
    [InlineData("""{"input_prefix":["a"],"input_suffix":"b"}""", "invalid_type", "input_prefix")]
    [InlineData("""{"input_prefix":"a","input_suffix":"b","prompt":["a"]}""", "invalid_type", "prompt")]
    public void ReadInfill_BadRequest_IsRefusedByField(string body, string code, string param)
    {
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes(body), new RequestOptions());
        var error = Assert.Throws<ApiException>(() => InfillReader.Read(json.Root)).Error;

        Assert.Equal((code, param), (error.Code, error.Parameter));
    }

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused() =>
        BodyFuzz.Run(root => LlamaCompletionReader.Read(root), [Everything, .. Bad.Select(row => row.Data.Item1)]);

    private static LlamaCompletionRequest Read(string body)
    {
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes(body), new RequestOptions());
        return LlamaCompletionReader.Read(json.Root);
    }
}
