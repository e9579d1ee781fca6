using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using Action = LocalAI.Pipeline.Backends.Protocol.Messages.SlotChange.Types.Action;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

public sealed class SlotFileTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"slots-{Guid.NewGuid():n}");
    private readonly LlamaBackendService _service = new(TimeProvider.System);

    public async ValueTask InitializeAsync() => await LoadAsync(_service);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Slot_SavedAndRestoredElsewhere_GoesOnFromThere()
    {
        Reply cold = await _service.PredictAsync(Request("alice"), ServiceFixture.Context);
        SlotState saved = await ChangeAsync(_service, Action.Save, "a.bin", "alice");
        await using var other = new LlamaBackendService(TimeProvider.System);
        await LoadAsync(other);

        SlotState restored = await ChangeAsync(other, Action.Restore, "a.bin", "alice");
        Reply warm = await other.PredictAsync(Request("alice"), ServiceFixture.Context);

        Assert.Equal((saved.Tokens, saved.Bytes), (restored.Tokens, restored.Bytes));
        Assert.Equal(saved.Bytes, new FileInfo(Path.Combine(_folder, "a.bin")).Length);
        Assert.Equal((0, cold.PromptTokens - 1), (cold.CachedTokens, warm.CachedTokens));
        Assert.Equal(cold.Message, warm.Message);
        Assert.Equal(["a.bin"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Slot_Erased_IsEvaluatedAnew()
    {
        await _service.PredictAsync(Request("alice"), ServiceFixture.Context);
        Assert.True((await ChangeAsync(_service, Action.Erase, "", "alice")).Tokens > 0);

        Assert.Equal(0, (await _service.PredictAsync(Request("alice"), ServiceFixture.Context)).CachedTokens);
    }

    [Fact]
    public async Task Slot_OfAnotherOwner_IsNotToBeHad()
    {
        await _service.PredictAsync(Request("alice"), ServiceFixture.Context);
        await ChangeAsync(_service, Action.Save, "a.bin", "alice");

        await RefusedAsync(Action.Save, "b.bin", "bob");
        await RefusedAsync(Action.Restore, "a.bin", "bob");
        Assert.Equal(0, (await ChangeAsync(_service, Action.Erase, "", "bob")).Tokens);
    }

    [Theory]
    [InlineData("../a.bin")]
    [InlineData("/tmp/a.bin")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task Name_ThatIsNoPlainName_IsRefused(string name)
    {
        await _service.PredictAsync(Request("alice"), ServiceFixture.Context);

        await RefusedAsync(Action.Save, name, "alice");
        await RefusedAsync(Action.Restore, name, "alice");
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task File_ThatIsDamaged_IsRefused()
    {
        await _service.PredictAsync(Request("alice"), ServiceFixture.Context);
        await ChangeAsync(_service, Action.Save, "a.bin", "alice");
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(_folder, "a.bin"), TestTimeout.Token);
        foreach (int length in (int[])[0, 20, 44, 60, whole.Length / 2])
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, "b.bin"), whole[..length], TestTimeout.Token);
            await RefusedAsync(Action.Restore, "b.bin", "alice");
        }

        // What is left is a slot like any other.
        Assert.Equal("This is a test!", (await _service.PredictAsync(Request("alice"), ServiceFixture.Context)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Slot_ThatIsNotThere_IsRefused()
    {
        var failure = await Assert.ThrowsAsync<BackendCallException>(() => _service.ChangeSlotAsync(new SlotChange { Action = Action.Erase, Slot = 1 }, ServiceFixture.Context));

        Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
    }

    [Fact]
    public async Task Model_WithoutAFolder_SavesNothing()
    {
        await using var plain = new LlamaBackendService(TimeProvider.System);
        await plain.LoadModelAsync(ServiceFixture.Options, ServiceFixture.Context);

        Assert.Equal(GrpcStatus.Unimplemented, (await Assert.ThrowsAsync<BackendCallException>(() => ChangeAsync(plain, Action.Erase, "", "alice"))).Status);
    }

    private async Task LoadAsync(LlamaBackendService service)
    {
        ModelOptions options = ServiceFixture.Options;
        options.Options.Clear();
        options.Options.AddRange(["parallel:1", "cache_ram:0", $"slot_save_path:{_folder}"]);
        await service.LoadModelAsync(options, ServiceFixture.Context);
    }

    private async Task RefusedAsync(Action action, string name, string owner)
    {
        var failure = await Assert.ThrowsAsync<BackendCallException>(() => ChangeAsync(_service, action, name, owner));
        Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
    }

    private static Task<SlotState> ChangeAsync(LlamaBackendService service, Action action, string name, string owner) =>
        service.ChangeSlotAsync(new SlotChange { Action = action, FileName = name, Owner = owner }, ServiceFixture.Context);

    private static PredictOptions Request(string owner)
    {
        PredictOptions request = ServiceFixture.Chat("Say this is a test!");
        request.CacheOwner = owner;
        return request;
    }
}
