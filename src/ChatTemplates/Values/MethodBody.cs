namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>What a method does with its value and its arguments.</summary>
internal delegate object MethodBody(RenderState s, object target, Arguments arguments);
