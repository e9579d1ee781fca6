namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>One block of an answer, as it begins.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Id">For <see cref="BlockKind.ToolUse"/>: the call's id.</param>
/// <param name="Name">For <see cref="BlockKind.ToolUse"/>: the tool.</param>
internal sealed record ContentBlock(int Index, BlockKind Kind, string Id = "", string Name = "");
