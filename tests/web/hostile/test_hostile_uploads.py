"""Files that should not have been sent: refused in words at every place, and nothing of them is kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hostile_files import NEVER

from guiju.web.files.domain import take_in
from guiju.web.files.models import StoredFile
from guiju.web.kit.permissions import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", NEVER)
def test_no_place_takes_it(what: str) -> None:
    name, content, said = NEVER[what]

    with pytest.raises(Refused, match=said) as refused:
        take_in(SimpleUploadedFile(name, content))
    assert refused.value.text.en
    assert StoredFile.objects.count() == 0
