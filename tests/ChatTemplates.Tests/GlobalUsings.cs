global using System.Text;
global using LocalAI.Pipeline.ChatTemplates.Values;
global using LocalAI.Pipeline.Testing;
