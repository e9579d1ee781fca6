using LocalAI.Pipeline.Api.Conversations;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Reading;
using LocalAI.Pipeline.Api.Responses.Storage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>What a request goes on from: the whole chain of responses before it, or a conversation; and the items that it names by id.</summary>
internal sealed class EarlierItems(ResponseStore responses, ConversationStore conversations, IOptions<ResponsesOptions> options)
{
    /// <returns>All items before the request's own, the oldest first.</returns>
    /// <exception cref="ApiException">What it goes on from is not there, is another's, or is longer than is allowed.</exception>
    public async Task<IReadOnlyList<ResponseItem>> ReadAsync(ResponsePrompt prompt, string owner, CancellationToken cancellationToken) =>
        prompt.Earlier is { } known ? known
        : prompt.PreviousId is { } previous ? await ChainAsync(previous, owner, cancellationToken)
        : prompt.ConversationId is { } conversation ? await conversations.ItemsAsync(conversation, owner, cancellationToken) ?? throw ConversationIds.NotFound(ConversationIds.Of(conversation), "conversation")
        : [];

    /// <summary>The request's own items, with those that it names in the place of their names.</summary>
    /// <exception cref="ApiException">An item is not there, or is another's.</exception>
    public async Task<IReadOnlyList<ResponseItem>> ResolveAsync(IReadOnlyList<ResponseItem> input, IReadOnlyList<ResponseItem> earlier, string owner, CancellationToken cancellationToken)
    {
        var resolved = new List<ResponseItem>(input.Count);
        foreach (var item in input)
        {
            resolved.Add(item is ItemReference reference ? await FindAsync(reference, earlier, owner, cancellationToken) : item);
        }

        return resolved;
    }

    private async Task<IReadOnlyList<ResponseItem>> ChainAsync(Guid last, string owner, CancellationToken cancellationToken)
    {
        var chain = new List<KeptResponse>();
        var characters = 0L;
        for (Guid? next = last; next is { } id; next = chain[^1].PreviousId)
        {
            var response = await responses.FindAsync(id, owner, cancellationToken) ?? throw Missing(id, last);
            if (!response.HasEnded)
            {
                throw RequestErrors.WrongValue("previous_response_id", $"stands for '{ResponseIds.Of(id)}', which has not ended: wait for it.");
            }

            chain.Add(response);
            characters += response.Input.Length + response.Output.Length;
            if (chain.Count > options.Value.MaxChain || characters > options.Value.MaxChainCharacters)
            {
                throw TooLong();
            }
        }

        chain.Reverse();
        return [.. chain.SelectMany(response => InputReader.ReadStored(response.Input).Concat(InputReader.ReadStored(response.Output)))];
    }

    private async Task<ResponseItem> FindAsync(ItemReference reference, IReadOnlyList<ResponseItem> earlier, string owner, CancellationToken cancellationToken)
    {
        var id = reference.Id!;
        var found = earlier.FirstOrDefault(item => item.Id == id);
        if (found is null && ItemIds.TryHolder(id, out var holder))
        {
            var response = await responses.FindAsync(holder, owner, cancellationToken);
            var items = response is null
                ? await conversations.ItemsAsync(holder, owner, cancellationToken) ?? []
                : [.. InputReader.ReadStored(response.Input), .. InputReader.ReadStored(response.Output)];
            found = items.FirstOrDefault(item => item.Id == id);
        }

        return found ?? throw new ApiException(new ApiError(404, ApiErrorTypes.InvalidRequest, "item_not_found", $"Item with id '{Shown.Short(id)}' not found.", $"{reference.Path}.id"));
    }

    private static ApiException Missing(Guid id, Guid last) => id == last ? ResponseIds.PreviousNotFound(ResponseIds.Of(id)) : new ApiException(new ApiError(
        404,
        ApiErrorTypes.InvalidRequest,
        "previous_response_not_found",
        $"Previous response with id '{ResponseIds.Of(last)}' goes on from '{ResponseIds.Of(id)}', which is not there any more.",
        "previous_response_id"));

    private ApiException TooLong() => RequestErrors.Create(
        "previous_response_chain_too_long",
        $"'previous_response_id' stands for over {options.Value.MaxChain} responses or {options.Value.MaxChainCharacters} characters: go on from what POST /v1/responses/compact gives.",
        "previous_response_id");
}
