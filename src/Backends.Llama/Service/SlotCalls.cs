using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>Saves, restores and erases slots. Files are read and written beside the engine's thread, which copies memory only.</summary>
internal static class SlotCalls
{
    internal static async Task<SlotState> RunAsync(SlotChange request, LoadedModel model, CancellationToken cancellationToken)
    {
        if (model.Settings.SlotFolder is not { } folder)
            throw CallErrors.Unsupported("slots are not saved here: the model's options have no slot_save_path");
        if (model.Engine.Copies is not { } copies)
            throw CallErrors.Unsupported("this model does not generate text, so it has no slots");
        string owner = model.Settings.SharesCache ? "" : request.Owner;
        var files = new SlotFiles(folder, Fingerprint(model));
        switch (request.Action)
        {
            case SlotChange.Types.Action.Save:
                SlotCopy taken = await model.Engine.RunAsync(() => copies.Take(request.Slot, owner), cancellationToken).ConfigureAwait(false);
                return new SlotState { Tokens = taken.Tokens.Length, Bytes = await files.WriteAsync(request.FileName, taken, cancellationToken).ConfigureAwait(false) };
            case SlotChange.Types.Action.Restore:
                (SlotCopy read, long bytes) = await files.ReadAsync(request.FileName, new CacheScope(owner, model.Engine.Lora), cancellationToken).ConfigureAwait(false);
                return new SlotState { Tokens = await model.Engine.RunAsync(() => copies.Put(request.Slot, read), cancellationToken).ConfigureAwait(false), Bytes = bytes };
            case SlotChange.Types.Action.Erase:
                return new SlotState { Tokens = await model.Engine.RunAsync(() => copies.Erase(request.Slot, owner), cancellationToken).ConfigureAwait(false) };
            default:
                throw CallErrors.Invalid($"there is no action {(int)request.Action}");
        }
    }

    // What decides whether a state fits; the rest llama.cpp checks itself.
    private static string Fingerprint(LoadedModel model) => string.Join(
        '/',
        model.Model.Metadata("general.architecture"),
        model.Model.Bytes,
        LlamaNative.llama_model_n_params(model.Model.Handle),
        model.Model.Vocabulary.Size,
        model.Settings.KeyCache,
        model.Settings.ValueCache);
}
