using Azure.Data.Tables;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Tests.Tables;

public sealed class EntityLimitsTests
{
    public static TheoryData<string, TableEntity> Refused => new()
    {
        { "more than 65536 bytes in Text", new("p", "r") { ["Text"] = new string('x', (32 * 1024) + 1) } },
        { "more than 65536 bytes in Bytes", new("p", "r") { ["Bytes"] = new byte[(64 * 1024) + 1] } },
        { "253 properties", Many(253, 1) },
        { "bytes large", Many(17, 64 * 1024) },
        { "a key", new("a/b", "r") },
        { "a key", new("p", "a\tb") },
        { "a key", new("p", new string('k', 1025)) },
        { "a property called 'a-b'", new("p", "r") { ["a-b"] = 1 } },
        { "before 1601", new("p", "r") { ["Time"] = new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero) } },
        { "NaN", new("p", "r") { ["Number"] = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Check_WhatTheServiceRefuses_IsRefusedWithTheRowAndTheReason(string reason, TableEntity entity)
    {
        var refusal = Assert.Throws<ArgumentException>(() => EntityLimits.Check(entity));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{entity.PartitionKey}/{entity.RowKey}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_JustInsideEveryLimit_Passes()
    {
        EntityLimits.Check(new("p", "r") { ["Text"] = new string('x', 32 * 1024), ["Bytes"] = new byte[64 * 1024], ["Nothing"] = null });
        EntityLimits.Check(Many(252, 1));
        EntityLimits.Check(Many(15, 64 * 1024));
    }

    private static TableEntity Many(int properties, int bytes)
    {
        var entity = new TableEntity("p", "r");
        for (var number = 0; number < properties; number++)
        {
            entity[$"P{number}"] = new byte[bytes];
        }

        return entity;
    }
}
