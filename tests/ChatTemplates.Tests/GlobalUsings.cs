global using LocalAI.Pipeline.ChatTemplates.Values;
