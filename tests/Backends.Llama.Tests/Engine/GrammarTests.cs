using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Grammars;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class GrammarTests
{
    [Fact]
    public async Task Submit_Grammar_AnswersWithinIt()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        for (uint seed = 0; seed < 8; seed++)
        {
            GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Give me a number") with
            {
                Grammar = "root ::= [0-9]{1,3} (\".\" [0-9]{2})?",
                Sampling = new() { Temperature = 1.5f, Seed = seed },
            });

            Assert.Matches("^[0-9]{1,3}(\\.[0-9]{2})?$", answer.Text);
            Assert.Equal(FinishReason.Stop, answer.Summary.Reason);
        }
    }

    [Fact]
    public async Task Submit_GrammarThatDoesNotParse_IsRefusedWithTheReason()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        var refused = Assert.Throws<RequestInvalidException>(() => engine.Submit(TinyChat.Chat("Hi") with { Grammar = "root ::= \"a" }));

        Assert.Contains("not closed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_IgnoreEndWithAGrammarThatEnds_StopsThere()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Hi") with { Grammar = "root ::= \"done\"", Sampling = new() { IgnoreEndOfGeneration = true } });

        Assert.Equal("done", answer.Text);
        Assert.Equal(FinishReason.Stop, answer.Summary.Reason);
    }

    [Fact]
    public async Task Submit_BiasForbidsAllThatTheGrammarAllows_FailsWithTheReason()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        var bias = Enumerable.Range(0, TinyChat.Model.Vocabulary.Size).ToDictionary(token => token, _ => float.NegativeInfinity);

        await Assert.ThrowsAsync<RequestInvalidException>(
            () => engine.RunAsync(TinyChat.Chat("Hi") with { Grammar = "root ::= \"a\"", Sampling = new() { LogitBias = bias } }));
    }

    [Fact]
    public async Task Submit_LazyGrammar_LeavesTextFreeUntilTheTriggerAndThenHolds()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with
        {
            Grammar = "root ::= \"is a tent, \" [a-c]{3}",
            Triggers = new GrammarTriggers(["is a"]),
        });

        Assert.Matches("^This is a tent, [a-c]{3}$", answer.Text);
    }

    [Fact]
    public async Task Submit_LazyGrammarNeverTriggered_ChangesNothing()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with
        {
            Grammar = "root ::= \"<tool_call>\" [a-z]+",
            Triggers = new GrammarTriggers(["<tool_call>"]),
        });

        Assert.Equal("This is a test!", answer.Text);
    }

    [Fact]
    public async Task Submit_LazyGrammarThatRefusesItsTrigger_FailsWithTheReason()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        var failed = await Assert.ThrowsAsync<RequestInvalidException>(() => engine.RunAsync(TinyChat.Chat("Say this is a test!") with
        {
            Grammar = "root ::= \"xyz\"",
            Triggers = new GrammarTriggers(["is a"]),
        }));

        Assert.Contains("does not allow", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_Continuation_GoesOnFromThereAndCountsNewTokensOnly()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        const string whole = "This is a test!";
        for (int cut = 1; cut < whole.Length; cut++)
        {
            string before = whole[..cut];
            GenerationRequest request = TinyChat.Prompt(TinyChat.ChatPrompt("Say this is a test!") + before) with
            {
                Continuation = before,
                Grammar = $"root ::= \"{whole}\"",
            };

            GeneratedText answer = await engine.RunAsync(request);

            Assert.Equal(whole[cut..], answer.Text);
            Assert.Equal(answer.Tokens.Count, answer.Generated);
        }
    }

    [Fact]
    public async Task Submit_ContinuationInsideALazyGrammar_StaysWithinIt()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        const string before = "Well <tool_call>\n{\"name\": ";
        GenerationRequest request = TinyChat.Prompt(TinyChat.ChatPrompt("Call x") + before) with
        {
            Continuation = before,
            Grammar = "root ::= \"<tool_call>\\n{\\\"name\\\": \\\"x\\\"}\\n</tool_call>\"",
            Triggers = new GrammarTriggers(["<tool_call>"]),
        };

        GeneratedText answer = await engine.RunAsync(request);

        Assert.Equal("\"x\"}\n</tool_call>", answer.Text);
    }

    [Fact]
    public async Task Submit_ContinuationThatBreaksTheGrammar_IsRefused()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        Assert.Throws<RequestInvalidException>(() => engine.Submit(
            TinyChat.Prompt(TinyChat.ChatPrompt("Hi") + "nope") with { Continuation = "nope", Grammar = "root ::= \"yes\"" }));
    }
}
