using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>A request that can be sent.</summary>
/// <param name="Model">The model that it means.</param>
/// <param name="Draft">The command, but for who, where and when.</param>
/// <param name="Input">The request's own items, each with its id.</param>
/// <param name="All">What it goes on from, and then its own items.</param>
internal sealed record PreparedResponse(ModelDefinition Model, GenerateText Draft, IReadOnlyList<ResponseItem> Input, IReadOnlyList<ResponseItem> All);
