using Koinon.Primitives;

namespace Koinon.Evm.Journal;

/// <summary>A log before it is known whether it stays; its data lie in the journal's buffer.</summary>
internal struct LogRecord
{
    internal Address Address;
    internal int TopicCount;
    internal Hash256 Topic0;
    internal Hash256 Topic1;
    internal Hash256 Topic2;
    internal Hash256 Topic3;
    internal int DataStart;
    internal int DataLength;
}
