namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>A function of Go templates; a piped value is the last argument.</summary>
internal delegate object GoFunction(RenderState s, object[] arguments);
