using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

public sealed class StepFeedTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const int Slots = 4;
    private const int Tokens = 24;

    private readonly LlamaBackendService _service = fixture.Service;

    [Fact]
    public async Task Generations_OfOneFeed_ShareOneMessageAStep()
    {
        await using IAsyncEnumerator<Step> steps = _service.FollowStepsAsync(new FollowRequest(), ServiceFixture.Context).GetAsyncEnumerator(TestTimeout.Token);
        string feed = await NameAsync(steps);
        Task<int>[] streams = [.. Enumerable.Range(1, Slots).Select(id => CountAsync(Endless(feed, id)))];
        var texts = new Dictionary<long, string>();
        var last = new Dictionary<long, Reply>();
        int most = 0;
        while (last.Values.Count(reply => reply.FinishReason.Length > 0) < Slots)
        {
            Assert.True(await steps.MoveNextAsync());
            Assert.Equal("", steps.Current.Feed);
            most = Math.Max(most, steps.Current.Replies.Count);
            foreach (StepReply said in steps.Current.Replies)
            {
                Assert.False(last.TryGetValue(said.Generation, out Reply? before) && before.FinishReason.Length > 0);
                last[said.Generation] = said.Reply;
                texts[said.Generation] = texts.GetValueOrDefault(said.Generation, "") + said.Reply.Message.ToStringUtf8();
            }
        }

        Assert.Equal(Slots, most);
        Assert.All(await Task.WhenAll(streams).OrTimeout("the ends"), replies => Assert.Equal(0, replies));
        Assert.All(last.Values, reply => Assert.Equal((Tokens, "length"), (reply.Tokens, reply.FinishReason)));
        // Nothing of one came into another.
        Assert.All(texts, said => Assert.Equal(Letter(said.Key), Assert.Single(said.Value.Distinct())));
    }

    [Fact]
    public async Task Reply_ThatIsTheFirst_TellsWhatWasCached()
    {
        await using IAsyncEnumerator<Step> steps = _service.FollowStepsAsync(new FollowRequest(), ServiceFixture.Context).GetAsyncEnumerator(TestTimeout.Token);
        string feed = await NameAsync(steps);
        PredictOptions request = Endless(feed, 1);
        request.Prompt = "A story of its own, told twice: once upon a time";
        for (int round = 0; round < 2; round++)
        {
            Task<int> stream = CountAsync(request);
            var replies = new List<Reply>();
            while (replies.LastOrDefault() is not { FinishReason.Length: > 0 })
            {
                Assert.True(await steps.MoveNextAsync());
                replies.AddRange(steps.Current.Replies.Select(said => said.Reply));
            }

            await stream.OrTimeout("the end");
            // A begin token is common to all prompts.
            Assert.InRange(replies[0].CachedTokens, round == 0 ? 0 : replies[0].PromptTokens - 1, round == 0 ? 1 : replies[0].PromptTokens - 1);
            Assert.EndsWith("once upon a time", replies[0].RenderedPromptTail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stream_OfAFeedThatIsNotOpen_IsUnavailable()
    {
        var failure = await Assert.ThrowsAsync<BackendCallException>(() => CountAsync(Endless("nobody", 1)));

        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
    }

    [Fact]
    public async Task Generation_ThatIsRefused_FailsOnItsStream()
    {
        await using IAsyncEnumerator<Step> steps = _service.FollowStepsAsync(new FollowRequest(), ServiceFixture.Context).GetAsyncEnumerator(TestTimeout.Token);
        PredictOptions wrong = Endless(await NameAsync(steps), 1);
        wrong.Grammar = "no grammar";

        Assert.Equal(GrpcStatus.InvalidArgument, (await Assert.ThrowsAsync<BackendCallException>(() => CountAsync(wrong))).Status);
    }

    [Fact]
    public async Task Process_GenerationsThatLeave_FreeTheirSlots()
    {
        await using BackendProcess backend = await BackendProcess.StartAsync();
        await backend.Client.LoadModelAsync(ServiceFixture.Options, TestTimeout.Token);
        for (int i = 0; i < 20; i++)
        {
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(TestTimeout.Token);
            PredictOptions endless = Endless("", 0);
            endless.Tokens = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backend.Client.PredictInStepsAsync(endless, (_, _) => new ValueTask(leave.CancelAsync()), leave.Token));
        }

        // As many at once as there are slots fit only when the twenty before have left theirs.
        string[] texts = await Task.WhenAll(Enumerable.Range(0, Slots).Select(_ => TextAsync(backend.Client)));
        Assert.All(texts, text => Assert.Equal("This is a test!", text));
    }

    [Fact]
    public async Task Process_Killed_FailsAllItsGenerations()
    {
        await using BackendProcess backend = await BackendProcess.StartAsync();
        await backend.Client.LoadModelAsync(ServiceFixture.Options, TestTimeout.Token);
        TaskCompletionSource[] begun = [new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)];
        Task[] endless = [.. begun.Select(EndlessAsync)];
        await Task.WhenAll(begun.Select(first => first.Task)).OrTimeout("the first replies");
        backend.Kill();

        foreach (Task generation in endless)
            Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<BackendCallException>(() => generation)).Status);

        async Task EndlessAsync(TaskCompletionSource first)
        {
            PredictOptions request = Endless("", 0);
            request.Tokens = 0;
            await backend.Client.PredictInStepsAsync(request, (_, _) =>
            {
                first.TrySetResult();
                return ValueTask.CompletedTask;
            }, TestTimeout.Token);
        }
    }

    private static PredictOptions Endless(string feed, long id) => new()
    {
        Prompt = "Once upon a time",
        IgnoreEOS = true,
        Tokens = Tokens,
        Grammar = $"root ::= \"{Letter(id)}\"+",
        StepFeed = feed,
        StepGeneration = id,
    };

    private static char Letter(long id) => (char)('a' + id);

    private static async Task<string> TextAsync(BackendClient client)
    {
        PredictOptions request = ServiceFixture.Chat("Say this is a test!");
        request.Grammar = "root ::= \"This is a test!\"";
        string text = "";
        await client.PredictInStepsAsync(request, (reply, _) =>
        {
            text += reply.Message.ToStringUtf8();
            return ValueTask.CompletedTask;
        }, TestTimeout.Token);
        return text;
    }

    private static async Task<string> NameAsync(IAsyncEnumerator<Step> steps)
    {
        Assert.True(await steps.MoveNextAsync());
        Assert.NotEqual("", steps.Current.Feed);
        return steps.Current.Feed;
    }

    private async Task<int> CountAsync(PredictOptions request)
    {
        int replies = 0;
        await foreach (Reply _ in _service.PredictStreamAsync(request, ServiceFixture.Context))
            replies++;
        return replies;
    }
}
