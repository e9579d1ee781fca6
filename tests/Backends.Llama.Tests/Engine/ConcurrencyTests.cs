using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class ConcurrencyTests
{
    /// <summary>A story that goes on until the context ends: something that surely runs while a test looks at it.</summary>
    private static readonly GenerationRequest Endless = TinyChat.Prompt("Once upon a time") with { MaxTokens = 0, Sampling = new() { IgnoreEndOfGeneration = true } };

    [Fact]
    public async Task Submit_EightOnFourSlots_EachGetsItsOwnText()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 4);
        // Rounding depends on what is evaluated together, so only texts with no alternative can be compared.
        string[] words = ["red", "green", "blue", "black", "white", "pink", "gold", "grey"];
        Task<GeneratedText>[] answers = [.. words.Select((word, i) =>
            engine.RunAsync(TinyChat.Chat($"Say {word}, {i} times {word}!") with { Grammar = $"root ::= \"{word} {word} {word} number {i}\"" }))];

        GeneratedText[] all = await Task.WhenAll(answers);

        Assert.Equal(words.Select((word, i) => $"{word} {word} {word} number {i}"), all.Select(answer => answer.Text));
        Assert.All(all, answer => Assert.Equal(FinishReason.Stop, answer.Summary.Reason));
    }

    [Fact]
    public async Task Submit_LongPromptWhileAnotherGenerates_BothFinishRight()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 2, batch: 16);
        GenerationRequest longPrompt = TinyChat.Prompt(
            string.Concat(Enumerable.Repeat("<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\nHello! How can I help you?<|im_end|>\n", 6)) + TinyChat.ChatPrompt("Say yes")) with
        { Grammar = "root ::= \"yes\"" };
        Generation running = engine.Submit(Endless);
        await running.Output.TakeAsync(TestTimeout.Token);

        GeneratedText answer = await engine.RunAsync(longPrompt);

        Assert.Equal("yes", answer.Text);
        engine.Cancel(running);
        await running.Released.OrTimeout("the slot of the story");
    }

    [Fact]
    public async Task Cancel_RunningGeneration_FreesItsSlot()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        Generation running = engine.Submit(Endless with { Prompt = Endless.Prompt });
        await running.Output.TakeAsync(TestTimeout.Token);
        Assert.Equal(1, engine.SlotsBusy);

        engine.Cancel(running);
        await running.Released.OrTimeout("the slot");

        Assert.Equal("This is a test!", (await engine.RunAsync(TinyChat.Chat("Say this is a test!"))).Text);
    }

    [Fact]
    public async Task Cancel_WaitingGeneration_LeavesTheQueueAtOnce()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        Generation running = engine.Submit(Endless);
        await running.Output.TakeAsync(TestTimeout.Token);
        Generation waiting = engine.Submit(Endless);

        engine.Cancel(waiting);

        Assert.True(waiting.Released.IsCompleted);
        Assert.Equal(0, engine.Waiting);
        engine.Cancel(running);
        await running.Released.OrTimeout("the slot");
    }

    [Fact]
    public async Task Submit_MoreThanMayWait_IsRefusedAndTheRestStillRuns()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        Generation running = engine.Submit(Endless);
        await running.Output.TakeAsync(TestTimeout.Token);
        GenerationRequest small = TinyChat.Chat("Say yes") with { Grammar = "root ::= \"yes\"" };
        var waiting = new List<Generation>();

        Assert.Throws<EngineFullException>(() =>
        {
            for (int i = 0; i < 1000; i++)
                waiting.Add(engine.Submit(small));
        });

        Assert.InRange(waiting.Count, 1, 100);
        engine.Cancel(running);
        GeneratedText[] answers = await Task.WhenAll(waiting.Select(GeneratedText.ReadAsync));
        Assert.All(answers, answer => Assert.Equal("yes", answer.Text));
    }

    [Fact]
    public async Task Cancel_ManyAtRandomMoments_LeavesNoSlotBusy()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 4);
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            Generation[] generations = [.. Enumerable.Range(0, 6).Select(_ => engine.Submit(Endless))];
            if (round % 3 != 0)
                await generations[random.Next(4)].Output.TakeAsync(TestTimeout.Token);
            foreach (Generation generation in generations.OrderBy(_ => random.Next()))
                engine.Cancel(generation);
            await Task.WhenAll(generations.Select(generation => generation.Released)).OrTimeout("all slots");
        }

        Assert.Equal("This is a test!", (await engine.RunAsync(TinyChat.Chat("Say this is a test!"))).Text);
        Assert.Equal(0, engine.Waiting);
    }

    [Fact]
    public async Task Dispose_WhileGenerationsRunAndWait_EndsThemWithAnError()
    {
        LlamaEngine engine = TinyChat.Engine(slots: 1);
        Generation running = engine.Submit(Endless);
        await running.Output.TakeAsync(TestTimeout.Token);
        Generation waiting = engine.Submit(Endless);

        await engine.DisposeAsync();

        await Assert.ThrowsAsync<EngineStoppedException>(() => GeneratedText.ReadAsync(running));
        await Assert.ThrowsAsync<EngineStoppedException>(() => GeneratedText.ReadAsync(waiting));
        Assert.Throws<EngineStoppedException>(() => engine.Submit(Endless));
    }

    [Fact]
    public async Task TakeAsync_ReaderThatComesLate_GetsEverythingInOnePiece()
    {
        await using LlamaEngine engine = TinyChat.Engine(slots: 1);
        Generation generation = engine.Submit(TinyChat.Chat("Say this is a test!"));
        await generation.Released.OrTimeout("the end of the generation");

        GenerationChunk chunk = await generation.Output.TakeAsync(TestTimeout.Token);

        Assert.Equal("This is a test!", System.Text.Encoding.UTF8.GetString(chunk.Text));
        Assert.NotNull(chunk.Summary);
    }
}
