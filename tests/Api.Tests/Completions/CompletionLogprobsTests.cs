using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Completions.Writing;

namespace LocalAI.Pipeline.Api.Tests.Completions;

public sealed class CompletionLogprobsTests
{
    [Fact]
    public void Write_Tokens_HasTheFourLists()
    {
        var logprobs = new CompletionLogprobs(2);
        logprobs.Add("""[{"token":" He","logprob":-0.5,"bytes":[32,72,101],"top_logprobs":[{"token":" He","logprob":-0.5,"bytes":[32,72,101]},{"token":"x","logprob":-1,"bytes":[120]}]}]""");
        logprobs.Add("""[{"token":"y","logprob":-1.5,"bytes":[121],"top_logprobs":[{"token":"z","logprob":-0.25,"bytes":[122]}]}]""");

        Assert.Equal(
            """{"logprobs":{"tokens":[" He","y"],"token_logprobs":[-0.5,-1.5],"top_logprobs":[{" He":-0.5,"x":-1},{"z":-0.25,"y":-1.5}],"text_offset":[2,5]}}""",
            Written(logprobs, 1));
        Assert.Equal(-1, logprobs.Mean);
    }

    [Fact]
    public void Write_ASecondTime_GoesOnBehindTheFirst()
    {
        var logprobs = new CompletionLogprobs(0);
        logprobs.Add("""[{"token":"ab","logprob":-1,"bytes":[97,98],"top_logprobs":[]}]""");
        Written(logprobs, 0);
        Assert.Equal("""{"logprobs":null}""", Written(logprobs, 0));
        logprobs.Add("""[{"token":"c","logprob":-2,"bytes":[99],"top_logprobs":[]}]""");

        Assert.Equal("""{"logprobs":{"tokens":["c"],"token_logprobs":[-2],"top_logprobs":null,"text_offset":[2]}}""", Written(logprobs, 0));
    }

    [Fact]
    public void Write_PartsOfACharacter_AreBytesAndCountOnce()
    {
        var logprobs = new CompletionLogprobs(0);
        // U+1F600 in two tokens, then a letter: one character before it.
        logprobs.Add("""[{"token":"�","logprob":-1,"bytes":[240,159]},{"token":"�","logprob":-1,"bytes":[152,128]},{"token":"a","logprob":-1,"bytes":[97]}]""");

        using var json = JsonDocument.Parse(Written(logprobs, 0));
        var lists = json.RootElement.GetProperty("logprobs");
        Assert.Equal(["bytes:\\xf0\\x9f", "bytes:\\x98\\x80", "a"], lists.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()));
        Assert.Equal([0, 0, 1], lists.GetProperty("text_offset").EnumerateArray().Select(offset => offset.GetInt32()));
    }

    [Fact]
    public void Mean_OfNothing_IsTheLeast()
    {
        var logprobs = new CompletionLogprobs(0);
        logprobs.Add(null);

        Assert.False(logprobs.HasAny);
        Assert.Equal(double.NegativeInfinity, logprobs.Mean);
        Assert.Equal("""{"logprobs":null}""", Written(logprobs, 5));
    }

    private static string Written(CompletionLogprobs logprobs, int? alternatives)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json.Output))
        {
            json.WriteStartObject();
            logprobs.Write(json, alternatives);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
