using Expansion.Engine.Orders;

namespace Expansion.Testing.Fakes;

public sealed class RejectList : List<(long Line, string Reason, string Text)>, IImportRejects
{
    public void Add(long line, string reason, string text) => Add((line, reason, text));
}
