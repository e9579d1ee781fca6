using System.Text;
using LocalAI.Pipeline.Api.Completions;
using LocalAI.Pipeline.Api.Completions.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tests.Completions;

public sealed class CompletionRequestReaderTests
{
    public static TheoryData<string, string, string?> Bad => new()
    {
        { "{}", "missing_required_parameter", "prompt" },
        { """{"prompt":5}""", "invalid_type", "prompt" },
        { """{"prompt":{}}""", "invalid_type", "prompt" },
        { """{"prompt":[]}""", "invalid_value", "prompt" },
        { """{"prompt":[null]}""", "invalid_type", "prompt[0]" },
        { """{"prompt":["a",1]}""", "invalid_type", "prompt[1]" },
        { """{"prompt":[1,"a"]}""", "invalid_type", "prompt[1]" },
        { """{"prompt":[1.5]}""", "invalid_type", "prompt[0]" },
        { """{"prompt":[1,-1]}""", "invalid_value", "prompt[1]" },
        { """{"prompt":[[1],[]]}""", "invalid_value", "prompt[1]" },
        { """{"prompt":[[1],[2,"a"]]}""", "invalid_type", "prompt[1][1]" },
        { """{"prompt":[[1],2]}""", "invalid_type", "prompt[1]" },
        { $$"""{"prompt":[{{string.Join(',', Enumerable.Repeat("\"a\"", 129))}}]}""", "invalid_value", "prompt" },
        { $$"""{"prompt":[{{string.Join(',', Enumerable.Repeat("\"a\"", 65))}}],"n":2}""", "invalid_value", "prompt" },
        { """{"prompt":"a","n":0}""", "invalid_value", "n" },
        { """{"prompt":"a","n":17}""", "invalid_value", "n" },
        { """{"prompt":"a","n":3,"best_of":2}""", "invalid_value", "best_of" },
        { """{"prompt":"a","best_of":2,"stream":true}""", "invalid_value", "best_of" },
        { """{"prompt":"a","max_tokens":0}""", "invalid_value", "max_tokens" },
        { """{"prompt":"a","logprobs":true}""", "invalid_type", "logprobs" },
        { """{"prompt":"a","logprobs":21}""", "invalid_value", "logprobs" },
        { """{"prompt":"a","logprobs":1,"echo":true}""", "unsupported_parameter", "echo" },
        { """{"prompt":[1,2],"suffix":"b"}""", "invalid_value", "suffix" },
        { """{"prompt":"a","suffix":5}""", "invalid_type", "suffix" },
        { """{"prompt":"a","stream_options":{"include_usage":true}}""", "invalid_value", "stream_options" },
        { """{"prompt":"a","messages":[]}""", "unknown_parameter", "messages" },
        { """{"prompt":"a","tools":[]}""", "unknown_parameter", "tools" },
        { """{"prompt":"a","temperature":3}""", "invalid_value", "temperature" },
        { """{"prompt":"a","lora":[]}""", "unsupported_parameter", "lora" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_BadRequest_IsRefusedByField(string body, string code, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, code, param), (error.Status, error.Code, error.Parameter));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Prompts_OfAllForms()
    {
        Assert.Equal(["text"], Texts("\"text\""));
        Assert.Equal(["a", ""], Texts("[\"a\",\"\"]"));
        Assert.Equal(["1,2"], Texts("[1,2]"));
        Assert.Equal(["1,2", "3"], Texts("[[1,2],[3]]"));
    }

    [Fact]
    public void Read_AllParameters_AreTaken()
    {
        var request = Read(
            """
            {"model":"m","prompt":"a","suffix":"z","max_tokens":9,"temperature":0.5,"top_p":0.9,"n":2,"stream":true,"stream_options":{"include_usage":true},
             "logprobs":0,"stop":["x","y"],"presence_penalty":1,"frequency_penalty":-1,"best_of":2,"logit_bias":{"7":-100},"user":"u","seed":4,
             "top_k":3,"min_p":0.1,"grammar":"root ::= \"a\"","ignore_eos":true,"service_tier":"flex","timings_per_token":true,"cache_prompt":true}
            """);

        Assert.Equal(("m", "z", 9, 2, 2, 0), (request.Model, request.Suffix, request.MaxTokens, request.Choices, request.BestOf, request.Logprobs));
        Assert.Equal((true, true, true, true, Lane.Batch), (request.Stream, request.IncludeUsage, request.IgnoreEndOfSequence, request.Timings, request.Lane));
        Assert.Equal(["x", "y"], request.StopSequences!);
        Assert.Equal(-100, request.LogitBias!["7"]);
        Assert.Equal(OutputKind.Grammar, request.Output!.Kind);
        Assert.Equal(new SamplingSettings { Temperature = 0.5f, TopP = 0.9f, TopK = 3, MinP = 0.1f, PresencePenalty = 1, FrequencyPenalty = -1, Seed = 4 }, request.Sampling);
    }

    [Fact]
    public void Read_Nothing_LeavesTheModelItsOwn()
    {
        var request = Read("""{"prompt":"a"}""");

        Assert.Equal((1, 1, null, null, false, false), (request.Choices, request.BestOf, request.MaxTokens, request.Logprobs, request.Echo, request.IsChosen));
    }

    private static IEnumerable<string> Texts(string prompt) =>
        Read($$"""{"prompt":{{prompt}}}""").Prompts.Select(input => input.Text ?? string.Join(',', input.Tokens!));

    private static CompletionRequest Read(string body)
    {
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes(body), new RequestOptions());
        return CompletionRequestReader.Read(json.Root);
    }
}
