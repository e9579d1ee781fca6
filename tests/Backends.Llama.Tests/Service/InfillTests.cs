using System.Text;
using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

/// <summary>The shipped model has the tokens for gaps; a copy in which they have other names has not.</summary>
public sealed class InfillTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly LlamaBackendService _service = fixture.Service;

    [Fact]
    public async Task Predict_Infill_PutsTheTextsAroundTheGap()
    {
        ModelMetadataResponse metadata = await _service.ModelMetadataAsync(new ModelOptions(), ServiceFixture.Context);
        PredictOptions request = Gap();
        request.RenderOnly = true;

        Reply prompt = await _service.PredictAsync(request, ServiceFixture.Context);

        Assert.True(metadata.SupportsInfill);
        // The model has no token before a file's name.
        Assert.Equal($"\n\n--- snippet ---\n\nfile{Begin}{Marks.Prefix}one two{Marks.Suffix}three{Marks.Middle}", prompt.Message.ToStringUtf8());
    }

    [Fact]
    public async Task Predict_MarkersInTheTexts_StayText()
    {
        PredictOptions request = Gap();
        request.RenderOnly = true;
        int plain = (await _service.PredictAsync(request, ServiceFixture.Context)).PromptTokens;
        request.Infill.Prefix += Marks.Middle;

        Assert.True((await _service.PredictAsync(request, ServiceFixture.Context)).PromptTokens > plain + 1);
    }

    [Fact]
    public async Task Predict_InfillWithContinuation_GoesOnBehindIt()
    {
        PredictOptions request = Gap();
        request.Tokens = 12;
        request.IgnoreEOS = true;
        request.ReturnTokens = true;
        Reply whole = await _service.PredictAsync(request, ServiceFixture.Context);
        request.Continuation = TinyChat.Model.Vocabulary.Detokenize([.. whole.TokenIds.Take(4)]);
        request.Tokens = 8;

        Reply rest = await _service.PredictAsync(request, ServiceFixture.Context);

        Assert.Equal(12, whole.Tokens);
        Assert.StartsWith(request.Continuation, whole.Message.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Equal(whole.PromptTokens, rest.PromptTokens);
        Assert.Equal(8, rest.Tokens);
    }

    [Fact]
    public async Task Predict_InfillOnAModelWithoutTheTokens_IsUnimplemented()
    {
        string path = Path.Combine(Path.GetTempPath(), $"no-infill-{Guid.NewGuid():N}.gguf");
        await File.WriteAllBytesAsync(path, Renamed(await File.ReadAllBytesAsync(TinyChat.Path, TestTimeout.Token)), TestTimeout.Token);
        try
        {
            await using var plain = new LlamaBackendService(TimeProvider.System);
            ModelOptions options = ServiceFixture.Options;
            options.ModelFile = path;
            await plain.LoadModelAsync(options, ServiceFixture.Context);

            var refused = await Assert.ThrowsAsync<BackendCallException>(() => plain.PredictAsync(Gap(), ServiceFixture.Context));

            Assert.Equal(GrpcStatus.Unimplemented, refused.Status);
            Assert.False((await plain.ModelMetadataAsync(new ModelOptions(), ServiceFixture.Context)).SupportsInfill);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Begin => TinyChat.Model.Vocabulary.Infill!.Begin is null ? "" : TinyChat.Model.Vocabulary.BosText;

    private static (string Prefix, string Suffix, string Middle) Marks
    {
        get
        {
            var marks = TinyChat.Model.Vocabulary.Infill!;
            return (Text(marks.Prefix), Text(marks.Suffix), Text(marks.Middle));
        }
    }

    private static string Text(int token) => Encoding.UTF8.GetString(TinyChat.Model.Vocabulary.Piece(token));

    private static PredictOptions Gap() => new()
    {
        Infill = new InfillOptions { Prefix = "one ", Start = "two", Suffix = "three", Files = { new InfillFile { Name = "name", Text = "file" } } },
    };

    /// <summary>Keys and tokens that llama.cpp knows gaps by, all named otherwise.</summary>
    private static byte[] Renamed(byte[] file)
    {
        ReadOnlySpan<byte> name = "fim_"u8;
        for (int at = 0; file.AsSpan(at).IndexOf(name) is var found and >= 0;)
        {
            at += found;
            file[at] = (byte)'g';
        }
        return file;
    }
}
