using Koinon.Primitives.Blocks;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Tests.Transactions;

namespace Koinon.Primitives.Tests.Blocks;

/// <summary>A log in a form that shrinks well, and its encoding by the definition.</summary>
public sealed record LogSpec(WordSpec Address, WordSpec[] Topics, byte[] Data)
{
    private IEnumerable<WordSpec> FewTopics => Topics.Take(4);

    public Log Log => new(
        Primitives.Address.FromWord(Address.Value),
        [.. FewTopics.Select(static topic => Hash256.FromWord(topic.Value))],
        Data);

    public NaiveRlp Rlp => NaiveRlp.List(
        NaiveRlp.String(AccessSpec.Padded(Address.Value)[12..]),
        NaiveRlp.List(FewTopics.Select(static topic => NaiveRlp.String(AccessSpec.Padded(topic.Value)))),
        NaiveRlp.String(Data));
}
